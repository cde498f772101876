import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
USERFAULTFD = {"x86_64": 323, "aarch64": 282}[os.uname().machine]
USER_MODE_ONLY = 1

# Whoever can hold the kernel up in the midst of a copy wins its races.
for name, flags in (("of the kernel too", 0), ("of its own", USER_MODE_ONLY)):
    handle = libc.syscall(USERFAULTFD, flags)
    print(name, handle, os.strerror(ctypes.get_errno()))
    if handle >= 0:
        print(f"BREACH handles page faults {name}")
