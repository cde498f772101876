import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
UNSHARE = {"x86_64": 272, "aarch64": 97}[os.uname().machine]
NEWUSER, NEWNET = 0x10000000, 0x40000000
NETFILTER, EVERY_PROTOCOL = 12, 0x0300

# In a user namespace of its own it would be root of a network of its own: the way to the parts of
# the kernel in which most holes have been found.
for name, attempt in (
    ("as it is", lambda: 0),
    ("new network", lambda: libc.syscall(UNSHARE, NEWNET)),
    ("new user and network", lambda: libc.syscall(UNSHARE, NEWUSER | NEWNET)),
):
    print(name, attempt(), os.strerror(ctypes.get_errno()))
    for kind, family, number, protocol in (
        ("packet", socket.AF_PACKET, socket.SOCK_RAW, EVERY_PROTOCOL),
        ("raw", socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW),
        ("xdp", 44, socket.SOCK_RAW, 0),
    ):
        try:
            socket.socket(family, number, protocol).close()
            print(f"BREACH has a {kind} socket, {name}")
        except OSError as error:
            print(kind, error)
