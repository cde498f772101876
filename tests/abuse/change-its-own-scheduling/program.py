import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SETSCHEDULER, SETATTR, SETAFFINITY, SETPRIORITY, IOPRIO_SET = {
    "x86_64": (144, 314, 203, 141, 251),
    "aarch64": (119, 274, 122, 140, 30),
}[os.uname().machine]
FIFO, IDLE = 1, 5
every = os.sched_getaffinity(0)
first = ctypes.c_ulong(1 << min(every))


def facts():
    return os.sched_getaffinity(0), libc.getpriority(0, 0)


before = facts()
for name, attempt in {
    "in real time": lambda: libc.syscall(SETSCHEDULER, 0, FIFO, ctypes.byref(ctypes.c_int(1))),
    "by deadline": lambda: libc.syscall(SETATTR, 0, b"0\0\0\0\6\0\0\0".ljust(48, b"\0"), 0),
    "first of all": lambda: libc.syscall(SETPRIORITY, 0, 0, -20),
    "idle": lambda: libc.syscall(SETSCHEDULER, 0, IDLE, ctypes.byref(ctypes.c_int(0))),
    "at the disk": lambda: libc.syscall(IOPRIO_SET, 1, 0, 1 << 13),
    "on one processor": lambda: libc.syscall(SETAFFINITY, 0, 8, ctypes.byref(first)),
    "nice": lambda: libc.syscall(SETPRIORITY, 0, 0, 19),
}.items():
    result = attempt()
    print(name, result, os.strerror(ctypes.get_errno()))
    if result == 0:
        print(f"BREACH runs {name}: {before} became {facts()}")
