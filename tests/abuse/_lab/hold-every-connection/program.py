import contextlib
import errno
import socket

from django.http import HttpResponse

held = []
try:
    for _ in range(2000):
        held.append(socket.create_connection(("127.0.0.1", 8001), 5))
        held[-1].setblocking(False)
        with contextlib.suppress(BlockingIOError):
            held[-1].send(b"x" * (1 << 20))
    print("BREACH holds", len(held), "connections")
except OSError as error:
    print("refused", errno.errorcode.get(error.errno, error))
if len(held) > 256:
    print("BREACH holds", len(held), "connections")


def view(request):
    return HttpResponse()
