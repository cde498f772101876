import ctypes
import os
import signal

SIGNAL = 40
signal.pthread_sigmask(signal.SIG_BLOCK, [SIGNAL])
libc = ctypes.CDLL(None, use_errno=True)
tgkill = {"x86_64": 234, "aarch64": 131}[os.uname().machine]
queued = 0
while queued < 5000 and not libc.syscall(tgkill, os.getpid(), os.getpid(), SIGNAL):
    queued += 1
print(queued, os.strerror(ctypes.get_errno()))
if queued == 5000:
    print("BREACH queued", queued, "signals")
