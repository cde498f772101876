import array
import os
import socket

left, right = socket.socketpair()
with open("/tmp/passed", "w+") as file:
    file.write("passed on")
    file.flush()
    try:
        socket.send_fds(left, [b"x"], [file.fileno()])
        _, numbers, _, _ = socket.recv_fds(right, 1, 1)
        print(f"BREACH a descriptor arrived: {os.pread(numbers[0], 100, 0)}")
    except OSError as error:
        print("SCM_RIGHTS", error)

# Descriptors in flight are counted nowhere, and cycles of them need a collector in the kernel.
for name, level, kind in (("rights", socket.SOL_SOCKET, 1), ("credentials", socket.SOL_SOCKET, 2)):
    data = array.array("i", [0] if kind == 1 else [1, 0, 0]).tobytes()
    try:
        left.sendmsg([b"x"], [(level, kind, data)])
        print(f"BREACH sent {name}")
    except OSError as error:
        print(name, error)
