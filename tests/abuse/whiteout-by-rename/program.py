import ctypes
import os
import stat

libc = ctypes.CDLL(None, use_errno=True)
RENAMEAT2 = {"x86_64": 316, "aarch64": 276}[os.uname().machine]
HERE, WHITEOUT = -100, 4

open("/tmp/moved", "w").close()
result = libc.syscall(RENAMEAT2, HERE, b"/tmp/moved", HERE, b"/tmp/there", WHITEOUT)
print("renameat2", result, os.strerror(ctypes.get_errno()))
if os.path.lexists("/tmp/moved") and stat.S_ISCHR(os.stat("/tmp/moved").st_mode):
    print("BREACH made a device where the file was")
