import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SETXATTR = {"x86_64": 188, "aarch64": 5}[os.uname().machine]
FILE = "/tmp/file"
CAPABILITY = bytes.fromhex("0100000200000080000000000000000000000000")


def by_number(place, name, value):
    libc.syscall(SETXATTR, place.encode(), name.encode(), value, len(value), 0)


open(FILE, "w").close()
for place in (FILE, "/tmp", "/dev/null", os.__file__):
    for name, value in (
        ("user.hidden", b"hidden"),
        ("security.capability", CAPABILITY),
        ("system.posix_acl_access", b"\2\0\0\0"),
        ("trusted.overlay.opaque", b"y"),
        ("security.selinux", b"unconfined"),
    ):
        for way, attempt in (("setxattr", os.setxattr), ("number", by_number)):
            try:
                attempt(place, name, value)
                code = ctypes.get_errno()
            except OSError as error:
                code = error.errno
            try:
                print(f"BREACH {place} carries {name} by {way}: {os.getxattr(place, name)!r}")
            except OSError:
                print(place, name, way, os.strerror(code))
