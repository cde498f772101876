import ctypes
import errno
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
MACHINE = os.uname().machine
SETTIMEOFDAY, CLOCK_SETTIME, ADJTIMEX, CLOCK_ADJTIME = {
    "x86_64": (164, 227, 159, 305),
    "aarch64": (170, 112, 171, 266),
}[MACHINE]
TEN_YEARS = 10 * 365 * 86400

state = ctypes.create_string_buffer(256)
then = (ctypes.c_long * 2)(int(time.time()) - TEN_YEARS, 0)
started = time.time()
for name, attempt in {
    "time.clock_settime": lambda: time.clock_settime(time.CLOCK_REALTIME, started - TEN_YEARS),
    "settimeofday": lambda: libc.syscall(SETTIMEOFDAY, then, None),
    "clock_settime": lambda: libc.syscall(CLOCK_SETTIME, 0, then),
    "adjtimex": lambda: libc.syscall(ADJTIMEX, state),
    "clock_adjtime": lambda: libc.syscall(CLOCK_ADJTIME, 0, state),
}.items():
    try:
        result, code = attempt(), ctypes.get_errno()
    except OSError as error:
        result, code = -1, error.errno
    print(name, result, os.strerror(code))
    if "adj" in name and result >= 0:
        print(f"BREACH {name} tells how the host keeps its clock")
    elif abs(time.time() - started) > 3600:
        print(f"BREACH {name} set the host's clock")
    elif code not in (errno.EPERM, errno.ENOSYS):
        print(name, "gave another reason")
