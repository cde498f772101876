import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
OPENAT2 = 437
TARGET = "root/secret.txt"
UP = "../" * 40

above = os.open("..", os.O_PATH)
os.makedirs("/tmp/a/b/c")
deep = os.open("/tmp/a/b/c", os.O_PATH | os.O_DIRECTORY)
# The folder that is held open moves while it is walked from.
os.rename("/tmp/a/b/c", "/tmp/moved")
os.symlink("/" + TARGET, "/tmp/absolute")
os.symlink(UP + TARGET, "/tmp/relative")
os.symlink("/", "/tmp/root")


def openat2(directory, path, resolve):
    how = struct.pack("=QQQ", os.O_RDONLY, 0, resolve)
    number = libc.syscall(OPENAT2, directory, path.encode(), how, len(how))
    if number < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return number


def follow(path):
    os.chdir(above)
    for _ in range(40):
        os.chdir("..")
    return os.open(path, os.O_RDONLY)


refused = set()
for name, attempt in {
    "relative": lambda: os.open(UP + TARGET, os.O_RDONLY),
    "from above": lambda: os.open(UP + TARGET, os.O_RDONLY, dir_fd=above),
    "from a moved folder": lambda: os.open(UP + TARGET, os.O_RDONLY, dir_fd=deep),
    "absolute link": lambda: os.open("/tmp/absolute", os.O_RDONLY),
    "relative link": lambda: os.open("/tmp/relative", os.O_RDONLY),
    "link to the root": lambda: os.open(f"/tmp/root/{TARGET}", os.O_RDONLY),
    "from a device": lambda: os.open(f"/dev/null/../../{TARGET}", os.O_RDONLY),
    "openat2": lambda: openat2(above, UP + TARGET, 0),
    "openat2 in the root": lambda: openat2(above, TARGET, 0x10),
    "step by step": lambda: follow(TARGET),
}.items():
    try:
        print(f"BREACH {name}: read {os.read(attempt(), 60)}")
    except OSError as error:
        refused.add(error.strerror)
print("refused:", *sorted(refused))
