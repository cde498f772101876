import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
MOUNT_SETATTR = 442
REMOUNT, BIND, READ_ONLY, RECURSIVE, HERE = 32, 4096, 1, 0x8000, -100
PLACES = ("/", "/python/lib", "/sandbox", "/dev/null", "/tmp")


def is_writable(place):
    # access(2) asks for modes before it asks for the mount.
    try:
        os.utime(place, None)
    except OSError as error:
        return error.strerror != "Read-only file system"
    return True


def ways(path):
    return {
        "remount": lambda: libc.mount(None, path, None, REMOUNT | BIND, None),
        "remount the file system": lambda: libc.mount(None, path, None, REMOUNT, b"size=1g"),
        "mount_setattr": lambda: libc.syscall(
            MOUNT_SETATTR, HERE, path, RECURSIVE, clear, len(clear)
        ),
    }


clear = struct.pack("=QQQQ", 0, READ_ONLY, 0, 0)
for place in PLACES:
    before = is_writable(place)
    for name, attempt in ways(place.encode()).items():
        print(place, name, attempt(), os.strerror(ctypes.get_errno()))
        if is_writable(place) and not before:
            print(f"BREACH {place} is no longer read-only, by {name}")
