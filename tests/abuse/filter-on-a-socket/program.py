import ctypes
import os
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
SETSOCKOPT = {"x86_64": 54, "aarch64": 208}[os.uname().machine]
ATTACH_FILTER = 26
DROP_ALL = struct.pack("=HBBI", 6, 0, 0, 0)

left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
code = ctypes.create_string_buffer(DROP_ALL, len(DROP_ALL))
program = struct.pack("=H6xQ", 1, ctypes.addressof(code))
for name, attempt in (
    ("setsockopt", lambda: right.setsockopt(socket.SOL_SOCKET, ATTACH_FILTER, program)),
    (
        "by number",
        lambda: libc.syscall(SETSOCKOPT, right.fileno(), 1, ATTACH_FILTER, program, len(program)),
    ),
):
    try:
        print(name, attempt(), os.strerror(ctypes.get_errno()))
    except OSError as error:
        print(name, error)
left.setblocking(False)
right.settimeout(0.2)
try:
    left.send(b"x")
    print("arrived:", right.recv(1))
except OSError as error:
    print(f"BREACH a program of its own in the kernel dropped the message ({error})")
