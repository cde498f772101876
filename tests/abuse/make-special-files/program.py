import ctypes
import os
import stat

libc = ctypes.CDLL(None, use_errno=True)
MKNODAT = {"x86_64": 259, "aarch64": 33}[os.uname().machine]
HERE = -100
DISK, MEMORY = os.makedev(8, 0), os.makedev(1, 1)


def by_number(path, mode, device):
    return libc.syscall(MKNODAT, HERE, path.encode(), mode, device)


for name, kind, device in (
    ("disk", stat.S_IFBLK, DISK),
    ("memory", stat.S_IFCHR, MEMORY),
    ("pipe", stat.S_IFIFO, 0),
    ("socket", stat.S_IFSOCK, 0),
    ("whiteout", stat.S_IFCHR, 0),
):
    for way, attempt in (("mknod", os.mknod), ("number", by_number)):
        try:
            print(
                way,
                name,
                attempt(f"/tmp/{name}", kind | 0o600, device),
                os.strerror(ctypes.get_errno()),
            )
        except OSError as error:
            print(way, name, error)
        if os.path.lexists(f"/tmp/{name}"):
            print(f"BREACH made a {name} by {way}")
            os.unlink(f"/tmp/{name}")
