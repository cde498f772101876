import ctypes
import errno
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
MINCORE, PREADV2 = {"x86_64": (27, 327), "aarch64": (232, 286)}[os.uname().machine]
CACHESTAT, NOWAIT = 451, 8

# Which pages of a shared library are in memory tells what others have used of it.
file = os.open("/python/so/libsqlite3.so.0", os.O_RDONLY)
size = os.fstat(file).st_size
buffer = ctypes.create_string_buffer(4096)
vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 4096)
read = libc.syscall(PREADV2, file, vector, 1, ctypes.c_long(0), ctypes.c_long(0), NOWAIT)
code = ctypes.get_errno()
print("preadv2", read, os.strerror(code))
if read > 0 or code == errno.EAGAIN:
    print(f"BREACH knows that the first page is {'' if read > 0 else 'not '}in memory")

counts = (ctypes.c_ulong * 5)()
span = (ctypes.c_ulong * 2)(0, size)
answer = libc.syscall(CACHESTAT, file, span, counts, 0)
print("cachestat", answer, os.strerror(ctypes.get_errno()))
if answer == 0:
    print(f"BREACH knows that {counts[0]} pages are in memory")

libc.mmap.restype = ctypes.c_void_p
place = libc.mmap(None, ctypes.c_size_t(size), mmap.PROT_READ, mmap.MAP_SHARED, file, 0)
pages = ctypes.create_string_buffer(size // 4096 + 1)
answer = libc.syscall(MINCORE, ctypes.c_void_p(place), ctypes.c_size_t(size), pages)
print("mincore", answer, os.strerror(ctypes.get_errno()))
if answer == 0:
    print(f"BREACH was told of {sum(byte & 1 for byte in pages.raw)} pages")
