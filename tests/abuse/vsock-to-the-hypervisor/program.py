import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
SOCKET = {"x86_64": 41, "aarch64": 198}[os.uname().machine]
AF_VSOCK, HYPERVISOR, LOCAL = 40, 2, 1


def made(kind):
    number = libc.syscall(SOCKET, AF_VSOCK, int(kind), 0)
    if number < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return socket.socket(fileno=number)


for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    for make in (lambda kind=kind: socket.socket(AF_VSOCK, kind), lambda kind=kind: made(kind)):
        try:
            with make() as line:
                # No network namespace confines these: the address is that of the whole machine.
                print("BREACH has a line to the hypervisor, of family", line.family)
                line.settimeout(0.2)
                for machine in (HYPERVISOR, LOCAL):
                    print(machine, line.connect_ex((machine, 1024)))
        except OSError as error:
            print(kind.name, error)
