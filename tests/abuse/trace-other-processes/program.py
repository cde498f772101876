import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
PTRACE = {"x86_64": 101, "aarch64": 117}[os.uname().machine]
TRACEME, ATTACH, DETACH, SEIZE = 0, 16, 17, 0x4206
WALL = 0x40000000
MOST = 400

told = {}
for other in range(1, MOST):
    if other == os.getpid():
        continue
    for name, way in (("seize", SEIZE), ("attach", ATTACH)):
        result = libc.syscall(PTRACE, way, other, 0, 0)
        told[f"{name}: {os.strerror(ctypes.get_errno())}"] = other
        if result == 0:
            print(f"BREACH holds process {other} by {name}")
            if way == ATTACH:
                os.waitpid(other, WALL)
            libc.syscall(PTRACE, DETACH, other, 0, 0)
            break
print(*told, sep="\n")
