import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
BIND = {"x86_64": 49, "aarch64": 200}[os.uname().machine]
LISTEN = {"x86_64": 50, "aarch64": 201}[os.uname().machine]


def ways(end, name):
    return {
        "bind": lambda: end.bind(name),
        "listen": end.listen,
        "bind by number": lambda: libc.syscall(BIND, end.fileno(), b"\1\0\0here", 7),
        "listen by number": lambda: libc.syscall(LISTEN, end.fileno(), 1),
    }


for name in ("\0here-i-am", "/tmp/here-i-am"):
    left, right = socket.socketpair()
    for way, attempt in ways(left, name).items():
        try:
            print(way, attempt(), os.strerror(ctypes.get_errno()))
        except OSError as error:
            print(way, error)
        if left.getsockname():
            print(f"BREACH other runs could find {left.getsockname()!r}")
            break
