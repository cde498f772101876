import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
IO_SETUP = {"x86_64": 206, "aarch64": 0}[os.uname().machine]

# There are 65,536 of them for all that the machine runs, databases among it.
taken = 0
for _ in range(16):
    context = ctypes.c_ulong()
    result = libc.syscall(IO_SETUP, 4096, ctypes.byref(context))
    if result != 0:
        print("io_setup", result, os.strerror(ctypes.get_errno()))
        break
    taken += 4096
if taken:
    print(f"BREACH took {taken} of the machine's slots")
