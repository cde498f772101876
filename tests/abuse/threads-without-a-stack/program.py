import ctypes

# VM, FS, FILES, SIGHAND, THREAD, SYSVSEM.
FLAGS = 0x50F00
libc = ctypes.CDLL(None)
pause = ctypes.cast(libc.pause, ctypes.c_void_p).value
stack = (ctypes.c_uint64 * 1024)(*[pause] * 1024)
# The new thread returns from the system call to what lies on its stack: into pause().
top = ctypes.addressof(stack) + 4096
started = 0
while started < 3000 and libc.syscall(56, FLAGS, ctypes.c_void_p(top), 0, 0, 0) > 0:
    started += 1
print("refused after", started)
if started > 1024:
    print("BREACH holds", started, "threads")
