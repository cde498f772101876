import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
UNSHARE = {"x86_64": 272, "aarch64": 97}[os.uname().machine]
CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
NEWUSER = 0x10000000


def capabilities():
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    words = (ctypes.c_uint32 * 6)()
    libc.capget(header, words)
    return list(words)


def child_of(flags):
    child = libc.syscall(CLONE, flags | 17, 0, 0, 0, 0)
    if child == 0:
        os._exit(9 if any(capabilities()) else 0)
    if child > 0 and os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9:
        print("BREACH a child has capabilities again")
    return child


for name, attempt in {
    "clone": lambda: child_of(NEWUSER),
    "unshare": lambda: libc.unshare(NEWUSER),
    "unshare by number": lambda: libc.syscall(UNSHARE, NEWUSER),
}.items():
    print(name, attempt(), os.strerror(ctypes.get_errno()))
    if any(capabilities()):
        print(f"BREACH has capabilities again by {name}")
