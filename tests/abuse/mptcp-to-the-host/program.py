import socket

IPPROTO_MPTCP, IPPROTO_SCTP, AF_SMC = 262, 132, 43

# Kinds of connections that rules about TCP do not speak of, though they reach any TCP server.
for name, family, protocol in (
    ("mptcp", socket.AF_INET, IPPROTO_MPTCP),
    ("mptcp by IPv6", socket.AF_INET6, IPPROTO_MPTCP),
    ("smc", AF_SMC, 0),
    ("sctp", socket.AF_INET, IPPROTO_SCTP),
):
    host = "::ffff:127.0.0.1" if family == socket.AF_INET6 else "127.0.0.1"
    try:
        with socket.socket(family, socket.SOCK_STREAM, protocol) as line:
            line.settimeout(0.5)
            line.connect((host, 8471))
            print(f"BREACH {name} says {line.recv(100)}")
    except OSError as error:
        print(name, error)
