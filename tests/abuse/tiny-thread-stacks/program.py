import ctypes

libc = ctypes.CDLL(None)
attributes = (ctypes.c_char * 64)()
libc.pthread_attr_init(attributes)
libc.pthread_attr_setstacksize(attributes, ctypes.c_size_t(64 * 1024))
thread = ctypes.c_ulong()
started = 0
while started < 100 and not libc.pthread_create(
    ctypes.byref(thread), attributes, ctypes.cast(libc.pause, ctypes.c_void_p), None
):
    started += 1
print("refused after", started)
if started == 100:
    print("BREACH runs 100 threads on tiny stacks")
