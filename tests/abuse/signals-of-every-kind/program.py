import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
TKILL, TGKILL, QUEUE, TGQUEUE, PIDFD_OPEN, PIDFD_SIGNAL = {
    "x86_64": (200, 234, 129, 297, 434, 424),
    "aarch64": (130, 131, 138, 240, 434, 424),
}[os.uname().machine]
USR1, QUEUED, MOST = 10, -1, 400

# As if another process, or the kernel, had sent it.
said = struct.pack("=iiii", USR1, 0, QUEUED, 0).ljust(128, b"\0")
refused = set()
for other in range(1, MOST):
    if other == os.getpid():
        continue
    handle = libc.syscall(PIDFD_OPEN, other, 0)
    for name, arguments in {
        "tkill": (TKILL, other, USR1),
        "tgkill": (TGKILL, other, other, USR1),
        "rt_sigqueueinfo": (QUEUE, other, USR1, said),
        "rt_tgsigqueueinfo": (TGQUEUE, other, other, USR1, said),
        "pidfd_send_signal": (PIDFD_SIGNAL, handle, USR1, None, 0),
    }.items():
        if libc.syscall(*arguments) == 0:
            print(f"BREACH sent a signal to process {other} by {name}", flush=True)
        else:
            refused.add(f"{name}: {os.strerror(ctypes.get_errno())}")
print(*sorted(refused), sep="\n")
