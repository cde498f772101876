import os

# Permission to read is one thing; whether a path is there at all tells of the host as well.
PLACES = (
    "/etc/passwd",
    "/root/secret.txt",
    "/usr",
    "/home",
    "/var",
    "/work",
    "/proc",
    "/sys",
    "/etc",
)


def enter(path):
    os.chdir(path)
    return os.getcwd()


told = set()
for place in PLACES:
    for name, ask in (
        ("stat", os.stat),
        ("access", lambda path: os.access(path, os.F_OK) or os.stat(path)),
        ("chdir", enter),
        ("open", lambda path: os.open(path, os.O_PATH)),
        ("readlink", os.readlink),
        ("link", lambda path: os.link(path, "/tmp/link")),
        ("rename", lambda path: os.rename(path, "/tmp/renamed")),
    ):
        try:
            print(f"BREACH {place} is there, {name} says: {ask(place)}")
        except OSError as error:
            told.add(f"{name}: {error.strerror}")
print(*sorted(told), sep="\n")
