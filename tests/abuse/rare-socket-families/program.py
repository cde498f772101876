import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SOCKET = {"x86_64": 41, "aarch64": 198}[os.uname().machine]
UNIX, INET, INET6, VSOCK = 1, 2, 10, 40
NETLINK, ALG, BLUETOOTH, CAN, TIPC, XDP = 16, 38, 31, 29, 30, 44
NAMES = {
    NETLINK: "netlink",
    ALG: "alg",
    BLUETOOTH: "bluetooth",
    CAN: "can",
    TIPC: "tipc",
    XDP: "xdp",
}
KINDS = range(1, 6)

# Each family is a driver in the kernel, loaded for whoever asks first.
refused = set()
for family in range(64):
    if family in (UNIX, INET, INET6, VSOCK):
        continue
    for kind in KINDS:
        made = libc.syscall(SOCKET, family, kind, 0)
        if made >= 0:
            print(f"BREACH made a socket of family {NAMES.get(family, family)}")
            os.close(made)
            break
        refused.add(os.strerror(ctypes.get_errno()))
print("refused:", *sorted(refused))
