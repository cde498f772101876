import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
MEMBARRIER = {"x86_64": 324, "aarch64": 283}[os.uname().machine]
QUERY, GLOBAL, REGISTER_EXPEDITED, EXPEDITED = 0, 1, 4, 2

# Each of these makes every processor of the machine stop for a moment, whoever works on it.
for name, command in (
    ("query", QUERY),
    ("global", GLOBAL),
    ("register", REGISTER_EXPEDITED),
    ("expedited", EXPEDITED),
):
    result = libc.syscall(MEMBARRIER, command, 0, 0)
    print(name, result, os.strerror(ctypes.get_errno()))
    if name == "expedited" and result == 0:
        print("BREACH interrupts all processors as often as it likes")
