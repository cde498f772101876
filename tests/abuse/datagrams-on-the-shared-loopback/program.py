import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
SOCKET = {"x86_64": 41, "aarch64": 198}[os.uname().machine]
HOST = "127.0.0.1"


def by_python(family):
    return socket.socket(family, socket.SOCK_DGRAM)


def by_number(family):
    made = libc.syscall(SOCKET, int(family), int(socket.SOCK_DGRAM), 0)
    if made < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return socket.socket(fileno=made)


# Runs share the container's loopback: what arrives on it at all, arrives from another run too.
for make in (by_python, by_number):
    for family, host in ((socket.AF_INET, HOST), (socket.AF_INET6, "::1")):
        try:
            with make(family) as receiver, make(family) as sender:
                receiver.bind((host, 0))
                receiver.settimeout(0.5)
                sender.sendto(b"hello", receiver.getsockname())
                print(f"BREACH {receiver.recv(100)} came over {host}")
        except OSError as error:
            print(make.__name__, host, error)
