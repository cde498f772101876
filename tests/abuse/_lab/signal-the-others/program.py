import ctypes
import errno
import os
import signal

from django.http import HttpResponse

libc = ctypes.CDLL(None, use_errno=True)
TGKILL, TKILL, PIDFD_OPEN = {"x86_64": (234, 200), "aarch64": (131, 130)}[os.uname().machine] + (
    434,
)
told = set()


def attempt(name, act):
    try:
        if act() == 0:
            print("BREACH", name)
        else:
            told.add(f"{name.split()[0]} {errno.errorcode[ctypes.get_errno()]}")
    except OSError as error:
        told.add(f"{name.split()[0]} {errno.errorcode[error.errno]}")


for pid in (-1, 0, *(number for number in range(1, 300) if number != os.getpid())):
    attempt(f"kill {pid}", lambda pid=pid: os.kill(pid, signal.SIGKILL) or 0)
    attempt(f"tgkill {pid}", lambda pid=pid: libc.syscall(TGKILL, pid, pid, 9))
    attempt(f"tkill {pid}", lambda pid=pid: libc.syscall(TKILL, pid, 9))
    attempt(f"pidfd {pid}", lambda pid=pid: 0 if libc.syscall(PIDFD_OPEN, pid, 0) >= 0 else -1)
attempt("killpg own", lambda: os.killpg(os.getpgrp(), signal.SIGKILL) or 0)
attempt("owner of descriptors", lambda: libc.fcntl(3, 8, os.getppid()))
print(*sorted(told), sep="\n")


def view(request):
    return HttpResponse()
