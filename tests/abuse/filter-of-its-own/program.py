import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
SECCOMP = {"x86_64": 317, "aarch64": 277}[os.uname().machine]
GETPPID = {"x86_64": 110, "aarch64": 173}[os.uname().machine]
PR_SET_SECCOMP, MODE_FILTER = 22, 2
ALL_THREADS, LISTENER = 1, 8
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
LIE, ALLOW = 0x00050000 | 77, 0x7FFF0000

# Calls of the harness in this process would be answered by whoever has the filter.
lines = ((LOAD, 0, 0, 0), (EQUAL, 0, 1, GETPPID), (RETURN, 0, 0, LIE), (RETURN, 0, 0, ALLOW))
code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
program = struct.pack("=H6xQ", len(lines), ctypes.addressof(code))

for name, attempt in {
    "a listener": lambda: libc.syscall(SECCOMP, 1, LISTENER, program),
    "for all threads": lambda: libc.syscall(SECCOMP, 1, ALL_THREADS, program),
    "seccomp": lambda: libc.syscall(SECCOMP, 1, 0, program),
    "prctl": lambda: libc.prctl(PR_SET_SECCOMP, MODE_FILTER, program),
}.items():
    result = attempt()
    print(name, result, os.strerror(ctypes.get_errno()))
    if name == "a listener" and result >= 0:
        print("BREACH would be asked before system calls of this process are made")
ctypes.set_errno(0)
if libc.getppid() == -1 and ctypes.get_errno() == 77:
    print("BREACH system calls of this process are answered by a filter of its own")
