import os
import socket

from django.http import HttpResponse

PLACES = ("/tmp", "/dev/shm", "/dev", "/", "/run", "/var/tmp", "/sandbox", "/python")
for folder in PLACES:
    path = f"{folder}/word-for-the-next"
    try:
        with open(path) as file:
            print("BREACH found word of another run:", path, file.read())
    except OSError:
        pass
    try:
        with open(path, "w") as file:
            file.write("I was here")
    except OSError:
        pass
for port in range(1024, 65536, 101):
    try:
        with socket.create_connection(("127.0.0.1", port), 0.05):
            print("BREACH another run listens on", port)
    except OSError:
        pass
print(sorted(os.listdir("/tmp")))


def view(request):
    return HttpResponse()
