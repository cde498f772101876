import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}[os.uname().machine]
BIND, DETACH = 4096, 2
before = os.stat("/").st_dev

os.makedirs("/tmp/new/old")
print(
    "bind", libc.mount(b"/tmp/new", b"/tmp/new", None, BIND, None), os.strerror(ctypes.get_errno())
)
for new, old in ((b"/tmp/new", b"/tmp/new/old"), (b"/tmp", b"/tmp/new"), (b".", b".")):
    result = libc.syscall(PIVOT_ROOT, new, old)
    print("pivot_root", new, result, os.strerror(ctypes.get_errno()))
    if os.stat("/").st_dev != before:
        print("BREACH stands on a root of its own, with the old one below it:", os.listdir("/"))
        break
