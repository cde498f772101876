import ctypes
import fcntl
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
OFD_SETLK, SETPIPE_SZ, ADD_SEALS, SET_HINT = 37, 1031, 1033, 1036
MODIFY, MULTISHOT, OPENED = 0x2, 0x80000000, 0x20

told = []
signal.signal(signal.SIGIO, lambda *_: told.append("io"))
own = os.open("/tmp/db.sqlite3", os.O_RDONLY)
reading, writing = os.pipe()
lock = ctypes.create_string_buffer(32)
for name, handle, command, value in (
    ("a lease", own, fcntl.F_SETLEASE, fcntl.F_RDLCK),
    ("a lease on the library", os.open(os.__file__, os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_RDLCK),
    ("a notice", os.open("/tmp", os.O_RDONLY), fcntl.F_NOTIFY, MODIFY | MULTISHOT | OPENED),
    (
        "a notice of the library",
        os.open("/python", os.O_RDONLY),
        fcntl.F_NOTIFY,
        MODIFY | MULTISHOT,
    ),
    ("an owner", writing, fcntl.F_SETOWN, 1),
    ("a signal of its choice", writing, fcntl.F_SETSIG, signal.SIGKILL),
    ("a lock of an open file", own, OFD_SETLK, lock),
    ("a larger pipe", writing, SETPIPE_SZ, 1 << 20),
    ("seals", own, ADD_SEALS, 1),
    ("a hint", own, SET_HINT, lock),
):
    result = libc.fcntl(handle, command, value)
    print(name, result, os.strerror(ctypes.get_errno()))
    if result >= 0:
        print(f"BREACH has {name}")
