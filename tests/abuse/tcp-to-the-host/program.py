import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
SOCKET = {"x86_64": 41, "aarch64": 198}[os.uname().machine]
PORTS = (8471, 22, 80, 5432, 6379, 3000)


def by_python():
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def by_number():
    made = libc.syscall(SOCKET, 2, 1, 0)
    if made < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return socket.socket(fileno=made)


for make in (by_python, by_number):
    for host in ("127.0.0.1", "169.254.169.254", "1.1.1.1"):
        for port in PORTS:
            try:
                with make() as line:
                    line.settimeout(0.1)
                    line.connect((host, port))
                    print(f"BREACH {host}:{port} says {line.recv(100)}")
            except OSError as error:
                print(make.__name__, host, port, error)
