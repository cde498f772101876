import ctypes
import os
import shutil

libc = ctypes.CDLL(None, use_errno=True)
STATFS, FSTATFS = {"x86_64": (137, 138), "aarch64": (43, 44)}[os.uname().machine]
words = (ctypes.c_ulong * 16)()

for name, ask in {
    "statvfs": lambda: os.statvfs("/python/lib").f_bavail,
    "fstatvfs": lambda: os.fstatvfs(os.open("/python/lib", os.O_RDONLY)).f_bavail,
    "disk_usage": lambda: shutil.disk_usage("/python/lib").free,
    "statfs": lambda: libc.syscall(STATFS, b"/python/lib", words) == 0 and words[4],
    "fstatfs": lambda: (
        libc.syscall(FSTATFS, os.open("/sandbox", os.O_PATH), words) == 0 and words[4]
    ),
}.items():
    try:
        free = ask()
    except OSError as error:
        print(name, error)
        continue
    if free is False:
        print(name, os.strerror(ctypes.get_errno()))
    else:
        print(f"BREACH {name}: the host's disk has {free} blocks left")
