import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
FCHMODAT2 = 452
# Whoever opens it meanwhile must not be kept from it.
MODE = 0o777
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


def facts(device):
    found = os.stat(device)
    return found.st_mode, found.st_mtime, found.st_uid


def ways(device, handle, path):
    return {
        "chmod": lambda: os.chmod(device, MODE),
        "chmod of an open one": lambda: os.fchmod(handle, MODE),
        "chmod of the standard input": lambda: os.fchmod(0, MODE),
        "fchmodat2": lambda: libc.syscall(FCHMODAT2, path, b"", MODE, 0x1000),
        "chown": lambda: os.chown(device, 0, 0),
        "utime": lambda: os.utime(device, (1, 1)),
        "utime of an open one": lambda: os.utime(handle, (1, 1)),
        "unlink": lambda: os.unlink(device),
        "rename": lambda: os.rename(device, "/dev/moved"),
        "extended attribute": lambda: os.setxattr(device, "user.a", b"b"),
    }


refused = set()
for device in DEVICES:
    before = facts(device)
    handle = os.open(device, os.O_RDONLY)
    path = os.open(device, os.O_PATH)
    for name, attempt in ways(device, handle, path).items():
        try:
            attempt()
        except OSError as error:
            refused.add(f"{name}: {error.strerror}")
        if facts(device) != before:
            print(f"BREACH {name} changed {device} for everyone: {oct(facts(device)[0])}")
            os.chmod(device, before[0])
            before = facts(device)
print(*sorted(refused), sep="\n")
