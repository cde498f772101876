import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
SETHOSTNAME, SETDOMAINNAME = {"x86_64": (170, 171), "aarch64": (161, 162)}[os.uname().machine]
before = os.uname()

for name, attempt in {
    "sethostname": lambda: socket.sethostname("renamed"),
    "by number": lambda: libc.syscall(SETHOSTNAME, b"renamed", 7),
    "setdomainname": lambda: libc.setdomainname(b"renamed", 7),
    "domain by number": lambda: libc.syscall(SETDOMAINNAME, b"renamed", 7),
}.items():
    try:
        print(name, attempt(), os.strerror(ctypes.get_errno()))
    except OSError as error:
        print(name, error)
if os.uname() != before:
    print(f"BREACH the host is called {os.uname().nodename}")
