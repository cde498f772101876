import errno
import os
import socket
import threading

from django.http import HttpResponse


def attempt(name, act):
    try:
        print("BREACH", name, act())
    except OSError as error:
        print(name, errno.errorcode[error.errno])


def stream():
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM)


attempt("bind", lambda: stream().bind(("127.0.0.1", 0)))
attempt("bind to all", lambda: stream().bind(("0.0.0.0", 9000)))
# Without a bind, listening chooses a port of its own.
attempt("listen", lambda: stream().listen())
attempt("abstract", lambda: socket.socketpair()[0].bind(b"\0left"))
attempt("file", lambda: socket.socketpair()[0].bind("/tmp/left"))
attempt("reuse", lambda: stream().setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1))
attempt("daemon", lambda: os.fork())


def serve_for_ever():
    # The one socket that there is to accept on, held beyond the end of the run.
    while True:
        threading.Event().wait(1)


for _ in range(4):
    threading.Thread(target=serve_for_ever).start()


def view(request):
    return HttpResponse()
