import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
# The same numbers on every machine, but for the last.
PIDFD_OPEN, PIDFD_GETFD = 434, 438
KCMP = {"x86_64": 312, "aarch64": 272}[os.uname().machine]
SAME_FILES, MOST, FIRST_FEW = 2, 400, 8

refused = set()
for other in range(1, MOST):
    if other == os.getpid():
        continue
    handle = libc.syscall(PIDFD_OPEN, other, 0)
    refused.add(f"pidfd_open: {os.strerror(ctypes.get_errno())}")
    for number in range(FIRST_FEW):
        taken = libc.syscall(PIDFD_GETFD, handle, number, 0)
        if taken >= 0:
            print(
                f"BREACH took descriptor {number} of process {other}: {os.fstat(taken).st_mode:o}"
            )
    if libc.syscall(KCMP, os.getpid(), other, SAME_FILES, 0, 0) >= 0:
        print(f"BREACH compared what it has open with process {other}")
    else:
        refused.add(f"kcmp: {os.strerror(ctypes.get_errno())}")
print(*sorted(refused), sep="\n")
