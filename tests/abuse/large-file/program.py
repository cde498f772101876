import ctypes
import os

SIZE = 32 << 20
libc = ctypes.CDLL(None, use_errno=True)
with open("/tmp/written", "wb", buffering=0) as file:
    written = 0
    try:
        while written < SIZE:
            written += file.write(bytes(1 << 20))
    except OSError as error:
        print("write refused", error)
os.unlink("/tmp/written")
with open("/tmp/reserved", "wb") as file:
    # FALLOC_FL_KEEP_SIZE: the file stays empty, its pages are taken.
    if libc.fallocate(file.fileno(), 1, ctypes.c_long(0), ctypes.c_long(SIZE)):
        print("fallocate refused", os.strerror(ctypes.get_errno()))
    reserved = os.fstat(file.fileno()).st_blocks * 512
if max(written, reserved) >= SIZE:
    print("BREACH one file holds", max(written, reserved) >> 20, "MiB")
