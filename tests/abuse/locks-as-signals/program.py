import ctypes
import errno
import fcntl
import os

libc = ctypes.CDLL(None, use_errno=True)
FLOCK = {"x86_64": 73, "aarch64": 32}[os.uname().machine]
SHARED = ("/python/bin/python3", os.__file__, "/dev/null", "/tmp/db.sqlite3")


def by_number(handle, operation):
    if libc.syscall(FLOCK, handle, operation) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


# One lock for all who have the file open, whatever they may do with it: seen by every other run.
for path in SHARED:
    first, second = os.open(path, os.O_RDONLY), os.open(path, os.O_RDONLY)
    for name, lock in (("flock", fcntl.flock), ("by number", by_number)):
        try:
            lock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
            lock(second, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            print(path, name, error)
            if error.errno == errno.EAGAIN:
                print(f"BREACH {name}: {path} is locked for whoever else opens it")
