import ctypes
import os
import socket
import threading
import time

libc = ctypes.CDLL(None, use_errno=True)
THREADS, ENOUGH = 4, 64 << 20
CLOSE_RANGE, UNSHARE = 436, 2
# A thread as pthread_create makes it, but for the table of descriptors (0x400).
VM_FS_SIGHAND_THREAD = 0x100 | 0x200 | 0x800 | 0x10000
threading.stack_size(256 * 1024)
held, sizes = [], []


def fill():
    number = ctypes.c_uint(4000)
    if libc.syscall(CLOSE_RANGE, number, number, ctypes.c_uint(UNSHARE)):
        print("close_range:", os.strerror(ctypes.get_errno()))
    own, size = [], 0
    try:
        while True:
            pair = socket.socketpair()
            own.append(pair)
            for end in pair:
                end.setblocking(False)
                try:
                    while True:
                        size += end.send(bytes(16384))
                except BlockingIOError:
                    pass
    except OSError as error:
        print(error)
    held.append(own)
    sizes.append(size)


# The memory of such buffers is counted for nobody: each table that is full holds some 25 MiB.
threads = [threading.Thread(target=fill) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if sum(sizes) >= ENOUGH:
    print("BREACH the kernel holds", sum(sizes) >> 20, "MiB for it")

# The other way: a bare thread that closes descriptor 0, in its own table or in ours.
stack = ctypes.create_string_buffer(1 << 16)
top = ctypes.c_void_p((ctypes.addressof(stack) + (1 << 16)) & ~15)
zero = ctypes.c_void_p(0)
made = libc.clone(libc.close, top, VM_FS_SIGHAND_THREAD, zero)
if made < 0:
    print("clone:", os.strerror(ctypes.get_errno()))
else:
    time.sleep(0.2)
    try:
        os.fstat(0)
        print("BREACH a thread has descriptors of its own")
    except OSError:
        print("clone: the thread shares ours")
