import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
SHMGET, SEMGET, MSGGET = {"x86_64": (29, 64, 68), "aarch64": (194, 190, 186)}[os.uname().machine]
KEY, CREATE = 4711, 0o1666

segment = libc.shmget(KEY, 4096, CREATE)
print("shmget", segment, os.strerror(ctypes.get_errno()))
if segment >= 0:
    place = libc.shmat(segment, None, 0)
    ctypes.memmove(place, b"for you", 7)
    print(f"BREACH memory under a key that anyone can name: {ctypes.string_at(place, 7)}")
semaphore = libc.semget(KEY, 1, CREATE)
print("semget", semaphore, os.strerror(ctypes.get_errno()))
if semaphore >= 0:
    print("BREACH a semaphore under a key")
queue = libc.msgget(KEY, CREATE)
print("msgget", queue, os.strerror(ctypes.get_errno()))
if queue >= 0 and libc.msgsnd(queue, b"\1\0\0\0\0\0\0\0for you", 7, 0) == 0:
    print("BREACH a message in a queue under a key")
for name, number in (("shm", SHMGET), ("sem", SEMGET), ("msg", MSGGET)):
    size = 4096 if name == "shm" else 1
    made = libc.syscall(number, KEY + 1, *((CREATE,) if name == "msg" else (size, CREATE)))
    print(name, "by number", made, os.strerror(ctypes.get_errno()))
    if made >= 0:
        print(f"BREACH made {name} by number")
