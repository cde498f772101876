import os

# For whoever runs next to find.
with open("/tmp/left-for-others", "w") as file:
    file.write("found by another run")
looked = 0
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/", "/dev", "/tmp/../tmp"):
    looked += 1
    try:
        with open(os.path.join(folder, "canary.txt")) as file:
            print(f"BREACH read {file.read()} in {folder}")
    except OSError:
        continue
print("looked", looked, "times, sees", sorted(os.listdir("/tmp")))
