import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
FADVISE = {"x86_64": 221, "aarch64": 223}[os.uname().machine]
DONTNEED, COLD, PAGEOUT, MERGEABLE, SIZE = 4, 20, 21, 12, 1 << 16

# What is in memory for all runs can be pushed out of it, and the time that it takes to come back
# tells another run of it.


def by_number(file, *arguments):
    return libc.syscall(FADVISE, file, *arguments)


for path in ("/python/so/libsqlite3.so.0", os.__file__):
    file = os.open(path, os.O_RDONLY)
    for name, attempt in (("posix_fadvise", os.posix_fadvise), ("by number", by_number)):
        try:
            result = attempt(file, 0, 0, DONTNEED) or 0
        except OSError as error:
            result = error
        print(path, name, result)
        if result == 0:
            print(f"BREACH evicted {path} for everyone")
    place = ctypes.c_void_p(libc.mmap(None, SIZE, mmap.PROT_READ, mmap.MAP_SHARED, file, 0))
    for name, advice in (("cold", COLD), ("page out", PAGEOUT), ("mergeable", MERGEABLE)):
        result = libc.madvise(place, ctypes.c_size_t(SIZE), advice)
        print(path, name, result, os.strerror(ctypes.get_errno()))
        if result == 0:
            print(f"BREACH {path} is {name} for everyone")
