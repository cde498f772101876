import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
HUGE, TWO_MEBIBYTES, ONE_GIBIBYTE = 0x40000, 21 << 26, 30 << 26
PRIVATE, ANONYMOUS, READ_WRITE, FAILED = 2, 0x20, 3, (1 << 64) - 1

# A pool that the host keeps for its databases, and that no limit of a process counts.
for name, size in (("default", 0), ("2 MiB", TWO_MEBIBYTES), ("1 GiB", ONE_GIBIBYTE)):
    flags = PRIVATE | ANONYMOUS | HUGE | size
    place = libc.mmap(None, ctypes.c_size_t(1 << 21), READ_WRITE, flags, -1, ctypes.c_long(0))
    code = ctypes.get_errno()
    print(name, os.strerror(code))
    if place != FAILED or code == errno.ENOMEM:
        print(f"BREACH the kernel looked for {name} in the pool of huge pages")
