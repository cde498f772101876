import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
ADD_KEY, REQUEST_KEY, KEYCTL = {"x86_64": (248, 249, 250), "aarch64": (217, 218, 219)}[
    os.uname().machine
]
THREAD, SESSION, USER = -1, -3, -4
SEARCH, JOIN_SESSION = 10, 1
NAME = b"left-for-another-run"

print("join", libc.syscall(KEYCTL, JOIN_SESSION, b"shared"), os.strerror(ctypes.get_errno()))
for ring in (USER, SESSION, THREAD):
    key = libc.syscall(ADD_KEY, b"user", NAME, b"secret", 6, ring)
    print("add", ring, key, os.strerror(ctypes.get_errno()))
    found = libc.syscall(KEYCTL, SEARCH, ring, b"user", NAME, 0)
    if found > 0:
        # The user's ring belongs to all that this user runs, and lives on.
        print(f"BREACH the kernel keeps key {found} in ring {ring}")
print(
    "request", libc.syscall(REQUEST_KEY, b"user", NAME, None, USER), os.strerror(ctypes.get_errno())
)
