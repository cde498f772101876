import ctypes
import mmap

SIZE = 32 * 1024
libc = ctypes.CDLL(None, use_errno=True)
page = mmap.mmap(-1, SIZE)
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
if libc.mlock(ctypes.c_void_p(address), ctypes.c_size_t(SIZE)):
    print("mlock: refused", ctypes.get_errno())
else:
    print("BREACH mlock")
try:
    # MAP_LOCKED
    locked = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x2000)
    locked[0] = 1
    print("BREACH mapped locked memory")
except OSError as error:
    print("mmap: refused", error)
