import ctypes
import os
import resource
import struct

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
SETRLIMIT, PRLIMIT = {"x86_64": (160, 302), "aarch64": (164, 261)}[os.uname().machine]
# The lower half of this address is null, as if no limits were given.
HALF_NULL = 1 << 32


def ways(kind, wanted, limits):
    return {
        "setrlimit": lambda: resource.setrlimit(kind, (wanted, wanted)),
        "setrlimit by number": lambda: libc.syscall(SETRLIMIT, kind, limits),
        "prlimit": lambda: libc.syscall(PRLIMIT, 0, kind, limits, None),
        "prlimit with half an address": lambda: libc.syscall(
            PRLIMIT, 0, kind, ctypes.c_void_p(HALF_NULL), None
        ),
    }


page = libc.mmap(ctypes.c_void_p(HALF_NULL), ctypes.c_size_t(4096), 3, 0x32, -1, 0)
KINDS = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_CORE")
for name in KINDS:
    kind = getattr(resource, name)
    before = resource.getrlimit(kind)
    for wanted in (resource.RLIM_INFINITY, before[1] - 1 if before[1] > 0 else 0):
        limits = struct.pack("=QQ", *([wanted & (1 << 64) - 1] * 2))
        ctypes.memmove(page, limits, len(limits))
        for way, attempt in ways(kind, wanted, limits).items():
            try:
                attempt()
            except (OSError, ValueError) as error:
                print(name, way, error)
            if resource.getrlimit(kind) != before:
                print(f"BREACH {name} was {before} and is {resource.getrlimit(kind)}, by {way}")
                before = resource.getrlimit(kind)
print("refused:", os.strerror(ctypes.get_errno()))
