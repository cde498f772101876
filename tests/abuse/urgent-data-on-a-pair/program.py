import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
SENDTO = {"x86_64": 44, "aarch64": 206}[os.uname().machine]
MSG_OOB = 1

# Urgent data on unix sockets has been a way into the kernel from a browser's jail (CVE-2025-38236).
left, right = socket.socketpair()
for name, send in (
    ("send", lambda: left.send(b"!", socket.MSG_OOB)),
    ("by number", lambda: libc.syscall(SENDTO, left.fileno(), b"!", 1, MSG_OOB, None, 0)),
):
    try:
        print(name, send(), os.strerror(ctypes.get_errno()))
        right.setblocking(False)
        print(f"BREACH urgent data arrived: {right.recv(1, socket.MSG_OOB)}")
    except OSError as error:
        print(name, error)
