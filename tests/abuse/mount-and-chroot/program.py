import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
MOUNT = {"x86_64": 165, "aarch64": 40}[os.uname().machine]
CHROOT = {"x86_64": 161, "aarch64": 51}[os.uname().machine]
BIND = 4096

os.mkdir("/tmp/in")
ways = {
    "mount": lambda: libc.mount(b"none", b"/tmp/in", b"tmpfs", 0, None),
    "mount by number": lambda: libc.syscall(MOUNT, b"none", b"/tmp/in", b"tmpfs", 0, None),
    "bind": lambda: libc.mount(b"/python", b"/tmp/in", None, BIND, None),
    "umount": lambda: libc.umount2(b"/tmp", 2),
    "chroot": lambda: libc.chroot(b"/tmp/in"),
    "chroot by number": lambda: libc.syscall(CHROOT, b"/tmp/in"),
}
device, root = os.stat("/tmp/in").st_dev, os.stat("/").st_ino
for name, attempt in ways.items():
    result = attempt()
    print(name, result, os.strerror(ctypes.get_errno()))
    if not os.path.exists("/tmp/in") or os.stat("/tmp/in").st_dev != device:
        print(f"BREACH changed the mounts by {name}")
        break
    if os.stat("/").st_ino != root:
        print(f"BREACH changed the root by {name}")
        break
