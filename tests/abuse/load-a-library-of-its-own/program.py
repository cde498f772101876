import ctypes
import mmap
import os
import shutil

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
OWN = "/tmp/own.so"
EXECUTABLE = mmap.PROT_READ | mmap.PROT_EXEC

# Whoever can write machine code to a file and map it needs no compiler, and no Python.
shutil.copyfile("/python/so/libm.so.6", OWN)
try:
    own = ctypes.CDLL(OWN)
    own.cos.restype, own.cos.argtypes = ctypes.c_double, [ctypes.c_double]
    print(f"BREACH a library from a file of its own answers {own.cos(0.0)}")
except OSError as error:
    print("load", error)

with open(OWN, "r+b") as file:
    try:
        mmap.mmap(file.fileno(), 4096, mmap.MAP_PRIVATE, EXECUTABLE).close()
        print("BREACH mapped a file of its own as code")
    except OSError as error:
        print("map", error)
    place = libc.mmap(
        None, ctypes.c_size_t(4096), mmap.PROT_READ, mmap.MAP_PRIVATE, file.fileno(), 0
    )
    changed = libc.mprotect(ctypes.c_void_p(place), ctypes.c_size_t(4096), EXECUTABLE)
    print("protect", changed, os.strerror(ctypes.get_errno()))
    if changed == 0:
        print("BREACH made a mapping of its own file code")
