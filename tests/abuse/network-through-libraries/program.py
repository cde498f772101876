import asyncio
import ftplib
import http.client
import smtplib
import socket
import urllib.request

from django.core.mail import send_mail

HOST, PORT = "127.0.0.1", 8471


async def stream():
    reader, _ = await asyncio.open_connection(HOST, PORT)
    return await reader.read(100)


def talk():
    with socket.create_connection((HOST, PORT), 1) as line:
        return line.recv(100)


def request():
    line = http.client.HTTPConnection(HOST, PORT, timeout=1)
    line.request("GET", "/")
    return line.getresponse()


def mail():
    backend = "django.core.mail.backends.smtp.EmailBackend"
    from django.core.mail import get_connection

    line = get_connection(backend, host=HOST, port=PORT, timeout=1)
    return send_mail("a", "b", "c@d.e", ["f@g.h"], connection=line)


for name, attempt in {
    "asyncio": lambda: asyncio.run(stream()),
    "socket": talk,
    "urllib": lambda: urllib.request.urlopen(f"http://{HOST}:{PORT}/", timeout=1).read(),
    "http.client": request,
    "smtplib": lambda: smtplib.SMTP(HOST, PORT, timeout=1),
    "ftplib": lambda: ftplib.FTP(HOST, timeout=1),
    "a mail of Django": mail,
    "a name": lambda: socket.gethostbyname("localhost"),
}.items():
    try:
        print(f"BREACH {name}: {attempt()!r}")
    except http.client.BadStatusLine as error:
        print(f"BREACH {name} heard {error.line!r}")
    except smtplib.SMTPException as error:
        print(f"BREACH {name} heard {error!r}")
    except OSError as error:
        print(name, type(error).__name__, error)
