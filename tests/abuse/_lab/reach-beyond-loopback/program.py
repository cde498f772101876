import errno
import socket
import struct

from django.http import HttpResponse

# Documentation, private, link-local (where clouds keep their secrets), public; the host's listener.
PLACES = [
    *(("192.0.2.1", 80), ("10.0.0.1", 80), ("172.17.0.1", 8471), ("192.168.0.1", 53)),
    *(("169.254.169.254", 80), ("1.1.1.1", 443), ("127.0.0.1", 8471), ("0.0.0.0", 8471)),
    # On the one port that Landlock lets through, what is missing is the route.
    *((host, 8001) for host in ("192.0.2.1", "10.0.0.1", "169.254.169.254", "1.1.1.1")),
]
for place in PLACES:
    try:
        with socket.create_connection(place, 1) as line:
            print("BREACH reached", place, line.recv(100))
    except OSError as error:
        print(place[1], errno.errorcode.get(error.errno, error))

INTERFACES = 0x8912
try:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line:
        import array
        import fcntl

        room = array.array("B", bytes(4096))
        asked = struct.pack("iL", 4096, room.buffer_info()[0])
        used = struct.unpack("iL", fcntl.ioctl(line.fileno(), INTERFACES, asked))[0]
        print("BREACH lists interfaces:", bytes(room[:used]))
except OSError as error:
    print("interfaces", errno.errorcode[error.errno])
try:
    print("BREACH knows interfaces:", socket.if_nameindex())
except OSError as error:
    print("names", errno.errorcode[error.errno])


def view(request):
    return HttpResponse()
