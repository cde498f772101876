import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
MEMFD, EXECVEAT = {"x86_64": (319, 322), "aarch64": (279, 281)}[os.uname().machine]
EMPTY_PATH = 0x1000
CODE = b"print('BREACH a program from memory runs here')"

file = libc.syscall(MEMFD, b"program", 0)
print("memfd_create", file, os.strerror(ctypes.get_errno()))
if file >= 0:
    with open("/python/bin/python3", "rb") as program:
        os.write(file, program.read())
words = (ctypes.c_char_p * 4)(b"/python/bin/python3", b"-SEc", CODE, None)
names = (ctypes.c_char_p * 2)(b"LD_LIBRARY_PATH=/python/so", None)
result = libc.syscall(EXECVEAT, file, b"", words, names, EMPTY_PATH)
print("execveat", result, os.strerror(ctypes.get_errno()))
