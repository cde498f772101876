import socket

for address in ("\0outer-host", "\0/tmp/.X11-unix/X0", "/shared/host.sock", "/run/docker.sock"):
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(1)
            line.connect(address)
            print(f"BREACH {address!r} says {line.recv(100)}")
    except OSError as error:
        print(repr(address), error)

# The one socket that a run may have: an end of a pair. It must lead nowhere else.
left, right = socket.socketpair()
try:
    left.connect("\0outer-host")
    print(f"BREACH by a pair: {left.recv(100)}")
except OSError as error:
    print("pair", error)
