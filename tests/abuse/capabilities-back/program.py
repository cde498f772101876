import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
CAPSET = {"x86_64": 126, "aarch64": 91}[os.uname().machine]
VERSION_3, ALL = 0x20080522, 0xFFFFFFFF
PR_CAPBSET_READ, PR_CAP_AMBIENT, RAISE = 23, 47, 2
SYS_ADMIN = 21
header = (ctypes.c_uint32 * 2)(VERSION_3, 0)


before = os.getresuid(), os.getresgid()


def capabilities():
    words = (ctypes.c_uint32 * 6)()
    libc.capget(header, words)
    return list(words)


for name, attempt in {
    "capset": lambda: libc.capset(header, (ctypes.c_uint32 * 6)(*[ALL] * 6)),
    "capset by number": lambda: libc.syscall(CAPSET, header, (ctypes.c_uint32 * 6)(*[ALL] * 6)),
    "ambient": lambda: libc.prctl(PR_CAP_AMBIENT, RAISE, SYS_ADMIN, 0, 0),
    "setuid": lambda: libc.setuid(0),
    "setresuid": lambda: libc.setresuid(0, 0, 0),
    "setfsuid": lambda: libc.setfsuid(0),
    "setgid": lambda: libc.setresgid(0, 0, 0),
    "setgroups": lambda: libc.setgroups(1, (ctypes.c_uint32 * 1)(0)),
    "another user": lambda: libc.setresuid(1000, 1000, 1000),
    "nothing": lambda: 0,
}.items():
    print(name, attempt(), os.strerror(ctypes.get_errno()))
    if any(capabilities()):
        print(f"BREACH has capabilities: {capabilities()}")
        break
if (os.getresuid(), os.getresgid()) != before:
    print(f"BREACH is another user: {os.getresuid()}")
