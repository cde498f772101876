import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
MEMFD = {"x86_64": 319, "aarch64": 279}[os.uname().machine]
SECRET = 447
MEBIBYTE = 1 << 20

# Written to and not mapped, it counts for no limit of the process.
block = b"x" * MEBIBYTE
held = 0
for _ in range(40):
    file = libc.syscall(MEMFD, b"hoard", 0)
    if file < 0:
        print("memfd_create", os.strerror(ctypes.get_errno()))
        break
    for _ in range(15):
        held += os.write(file, block)
    if held > 512 * MEBIBYTE:
        break
if held:
    print(f"BREACH holds {held // MEBIBYTE} MiB beyond all limits")
secret = libc.syscall(SECRET, 0)
print("memfd_secret", secret, os.strerror(ctypes.get_errno()))
if secret >= 0:
    print("BREACH has memory that not even the kernel can look at")
