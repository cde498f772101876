import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
READV, WRITEV = {"x86_64": (310, 311), "aarch64": (270, 271)}[os.uname().machine]

# Whatever was forked from the same process has this string at the same address.
shared = os.__name__
place, length = id(shared), shared.__sizeof__()
copy = ctypes.create_string_buffer(length)
here = (ctypes.c_size_t * 2)(ctypes.addressof(copy), length)
there = (ctypes.c_size_t * 2)(place, length)

# Who takes requests and keeps expectations is the parent of a run, where parents are to be seen.
for other in (os.getppid(), 1, 2, 3):
    if other == os.getpid():
        continue
    for name, way in (("read", READV), ("wrote", WRITEV)):
        result = libc.syscall(way, other, here, 1, there, 1, ctypes.c_long(0))
        print(name, result, os.strerror(ctypes.get_errno()))
        if result == length and shared.encode() in copy.raw:
            print(f"BREACH {name} the memory of process {other}")
