import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
X32, FORK, EXECVE, SOCKET = 0x40000000, 57, 520, 41

# A second table of calls, which a kernel may have beside the first, under numbers of its own.
print("before", flush=True)
for name, number in (("socket", SOCKET), ("execve", EXECVE), ("fork", FORK)):
    result = libc.syscall(X32 | number, 1, 1, 0)
    if name == "fork" and result == 0:
        os._exit(0)
    print(
        f"BREACH lives on after {name} of the other table: {result}",
        os.strerror(ctypes.get_errno()),
    )
