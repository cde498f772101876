import ctypes
import errno
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
SENDTO = {"x86_64": 44, "aarch64": 206}[os.uname().machine]
# A filter sees an address in two halves: of this one the lower is null.
HALF_NULL = 1 << 32
READ_WRITE, PRIVATE, ANONYMOUS, FIXED = 3, 2, 0x20, 0x10

page = libc.mmap(
    ctypes.c_void_p(HALF_NULL),
    ctypes.c_size_t(4096),
    READ_WRITE,
    PRIVATE | ANONYMOUS | FIXED,
    -1,
    0,
)
print("the address lies at", hex(page))
name = b"\1\0\0service"
ctypes.memmove(page, name, len(name))
left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
for length in (len(name), len(name) + HALF_NULL):
    arguments = (left.fileno(), b"x", 1, 0, HALF_NULL, length)
    sent = libc.syscall(SENDTO, *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    code = ctypes.get_errno()
    print(sent, os.strerror(code))
    if sent >= 0 or code == errno.ECONNREFUSED:
        print("BREACH the kernel looked for a service of that name")
