import socket

held, buffered = [], 0
try:
    while buffered < 48 << 20:
        pair = socket.socketpair()
        held.append(pair)
        for end in pair:
            end.setblocking(False)
            try:
                while True:
                    buffered += end.send(bytes(16384))
            except BlockingIOError:
                pass
except OSError as error:
    print(buffered >> 20, "MiB,", error)
if buffered >= 48 << 20:
    print("BREACH the kernel holds", buffered >> 20, "MiB for it")
