import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
OPEN_TREE, MOVE_MOUNT, FSOPEN, FSCONFIG, FSMOUNT = 428, 429, 430, 431, 432
CREATE, CLONE, EMPTY_PATH, HERE = 6, 1, 4, -100
BIND, MOVE = 4096, 8192
LIBRARY = "/python/lib"
before = os.stat(LIBRARY).st_ino

os.mkdir("/tmp/lib")


def move(source):
    return libc.syscall(MOVE_MOUNT, source, b"", HERE, LIBRARY.encode(), EMPTY_PATH)


def fresh():
    context = libc.syscall(FSOPEN, b"tmpfs", 0)
    libc.syscall(FSCONFIG, context, CREATE, None, None, 0)
    return libc.syscall(FSMOUNT, context, 0, 0)


for name, attempt in {
    "bind": lambda: libc.mount(b"/tmp/lib", LIBRARY.encode(), None, BIND, None),
    "move": lambda: libc.mount(b"/tmp", LIBRARY.encode(), None, MOVE, None),
    "move a copy": lambda: move(libc.syscall(OPEN_TREE, HERE, b"/tmp/lib", CLONE)),
    "move a new one": lambda: move(fresh()),
}.items():
    print(name, attempt(), os.strerror(ctypes.get_errno()))
    if os.stat(LIBRARY).st_ino != before:
        print(f"BREACH the library is another folder, by {name}")
        break
