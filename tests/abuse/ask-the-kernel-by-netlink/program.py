import socket
import struct

ROUTE, SOCK_DIAG, KOBJECT_UEVENT, NETFILTER, AUDIT = 0, 4, 15, 12, 9
RTM_GETLINK, REQUEST_DUMP = 18, 0x301

for name, protocol in (
    ("route", ROUTE),
    ("sockets", SOCK_DIAG),
    ("devices", KOBJECT_UEVENT),
    ("netfilter", NETFILTER),
    ("audit", AUDIT),
):
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol) as line:
            line.settimeout(0.5)
            line.bind((0, 0))
            if protocol == ROUTE:
                body = struct.pack("=BxHiII", 0, 0, 0, 0, 0)
                line.send(
                    struct.pack("=IHHII", 16 + len(body), RTM_GETLINK, REQUEST_DUMP, 1, 0) + body
                )
                answer = line.recv(65536)
                print(f"BREACH the kernel tells of network interfaces: {len(answer)} bytes")
            else:
                print(f"BREACH listens to the kernel: {name}")
    except OSError as error:
        print(name, error)
