import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
# The same numbers on every machine.
FSOPEN, FSCONFIG, FSMOUNT, OPEN_TREE = 430, 431, 432, 428
CREATE, CLONE, RECURSIVE, HERE = 6, 1, 0x8000, -100
MINE = os.stat("/tmp").st_dev


def show(name, number):
    print(name, number, os.strerror(ctypes.get_errno()) if number < 0 else "")
    return number


for kind in (b"tmpfs", b"ramfs", b"proc", b"sysfs", b"mqueue", b"devpts"):
    context = show(kind.decode(), libc.syscall(FSOPEN, kind, 0))
    if context < 0:
        continue
    libc.syscall(FSCONFIG, context, CREATE, None, None, 0)
    mount = show("mount", libc.syscall(FSMOUNT, context, 0, 0))
    # It hangs nowhere: neither the size of /tmp nor what is hidden in the root bounds it.
    if mount >= 0 and os.fstat(mount).st_dev != MINE:
        print(f"BREACH has a {kind.decode()} of its own")

tree = show("open_tree", libc.syscall(OPEN_TREE, HERE, b"/", CLONE | RECURSIVE))
if tree >= 0:
    print(f"BREACH has a copy of all mounts, of device {os.fstat(tree).st_dev}")
