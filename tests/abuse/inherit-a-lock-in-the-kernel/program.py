import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
FUTEX = {"x86_64": 202, "aarch64": 98}[os.uname().machine]
PRIVATE = 128
LOCK_PI, UNLOCK_PI, TRYLOCK_PI, WAIT_REQUEUE_PI, CMP_REQUEUE_PI, LOCK_PI2 = 6, 7, 8, 11, 12, 13

# Locks that hand on priorities are the part of futexes that has been broken again and again
# (CVE-2014-3153, CVE-2021-3347); no library here asks for them.
for flags in (0, PRIVATE):
    for name, operation in (("lock", LOCK_PI), ("try", TRYLOCK_PI), ("lock two", LOCK_PI2)):
        word = ctypes.c_uint32(0)
        result = libc.syscall(FUTEX, ctypes.byref(word), operation | flags, 0, None, None, 0)
        print(name, result, os.strerror(ctypes.get_errno()))
        if word.value:
            print(f"BREACH the kernel keeps a lock for it: {name}, owner {word.value}")
first, second = ctypes.c_uint32(0), ctypes.c_uint32(0)
result = libc.syscall(FUTEX, ctypes.byref(first), CMP_REQUEUE_PI, 1, 1, ctypes.byref(second), 0)
print("requeue", result, os.strerror(ctypes.get_errno()))
if result >= 0:
    print("BREACH moves waiters from lock to lock")
