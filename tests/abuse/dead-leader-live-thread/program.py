import ctypes
import os
import threading
import time


def go_on():
    print("alone", flush=True)
    time.sleep(3)
    os.write(1, b"BREACH a thread outlived the process\n")
    os._exit(0)


threading.Thread(target=go_on).start()
# The system call, not libc's function: it ends this thread alone.
number = {"x86_64": 60, "aarch64": 93}[os.uname().machine]
ctypes.CDLL(None).syscall(number, 0)
