import os

for folder in ("/", "/dev", "/python", "/python/bin", "/sandbox", "/tmp/.."):
    place = os.path.join(folder, "left-behind")
    for name, attempt in (
        ("file", lambda place=place: open(place, "w").close()),
        ("folder", lambda place=place: os.mkdir(place)),
        ("link", lambda place=place: os.symlink("/tmp", place)),
    ):
        try:
            attempt()
        except OSError as error:
            print(name, error)
        if os.path.lexists(place):
            print(f"BREACH made a {name} at {place}")
            break
