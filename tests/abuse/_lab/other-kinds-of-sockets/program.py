import ctypes
import errno
import os
import socket

from django.http import HttpResponse

libc = ctypes.CDLL(None, use_errno=True)
SOCKET, PAIR = {"x86_64": (41, 53), "aarch64": (198, 199)}[os.uname().machine]
STREAM, DATAGRAM, RAW, SEQPACKET = 1, 2, 3, 5
MPTCP, SCTP, ICMP, UDP = 262, 132, 1, 17

KINDS = {
    (family, kind, 0) for family in range(1, 46) for kind in (STREAM, DATAGRAM, RAW, SEQPACKET)
}
KINDS |= {(socket.AF_INET, STREAM, number) for number in (MPTCP, SCTP, ICMP, UDP, 255)}
KINDS |= {(socket.AF_INET, DATAGRAM, number) for number in (ICMP, UDP)}
# The kernel reads these as 32 bits: what stands above must not deceive a filter.
KINDS |= {(socket.AF_INET | 1 << 32, DATAGRAM, 0), (socket.AF_NETLINK | 1 << 32, RAW, 0)}
KINDS -= {(socket.AF_INET, STREAM, 0)}

told = set()
for family, kind, protocol in sorted(KINDS):
    for flags in (0, socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK):
        made = libc.syscall(*map(ctypes.c_long, (SOCKET, family, kind | flags, protocol)))
        if made >= 0:
            print(f"BREACH has a socket of family {family}, kind {kind}, protocol {protocol}")
            os.close(made)
        told.add(errno.errorcode[ctypes.get_errno()])
print("sockets", *sorted(told))

told = set()
for kind in (DATAGRAM, RAW, SEQPACKET):
    ends = (ctypes.c_int * 2)()
    if (
        libc.syscall(
            ctypes.c_long(PAIR), ctypes.c_long(1), ctypes.c_long(kind), ctypes.c_long(0), ends
        )
        == 0
    ):
        print(f"BREACH has a pair of kind {kind}, which could be given another name")
    told.add(errno.errorcode[ctypes.get_errno()])
print("pairs", *sorted(told))


def view(request):
    return HttpResponse()
