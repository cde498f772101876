import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
MQ_OPEN, MQ_TIMEDSEND = {"x86_64": (240, 242), "aarch64": (180, 182)}[os.uname().machine]
FLAGS = os.O_CREAT | os.O_RDWR
MOST, SIZE = 1, 16

shape = (ctypes.c_long * 8)(0, MOST, SIZE, 0)
for name in (b"here", b"there"):
    queue = libc.syscall(MQ_OPEN, name, FLAGS, 0o666, shape)
    print("mq_open", queue, os.strerror(ctypes.get_errno()))
    if queue >= 0 and libc.syscall(MQ_TIMEDSEND, queue, b"for you", 7, 0, None) == 0:
        print(f"BREACH a message waits under the name {name.decode()}")
print(
    "mq_open of libc", libc.mq_open(b"/here", FLAGS, 0o666, None), os.strerror(ctypes.get_errno())
)
