import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
found = {f"{name}={value}" for name, value in os.environ.items()}

libc.getenv.restype = ctypes.c_char_p
value = libc.getenv(b"HOST_SECRET")
if value:
    found.add(f"HOST_SECRET={value.decode()}")

for place in ("/proc/1/environ", "/proc/self/environ", "/proc/2/environ"):
    try:
        with open(place) as file:
            found.update(file.read().split("\0"))
    except OSError as error:
        print(error)

# What a process was started with stays above its stack, whatever it did to its environment since.
start = ctypes.c_void_p.in_dll(libc, "program_invocation_name").value
reading, writing = os.pipe()
libc.write.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t]
memory = b""
page = 4096
# The kernel refuses to read where nothing is mapped, where this process would die of it.
while libc.write(writing, start + len(memory), page - (start + len(memory)) % page) > 0:
    memory += os.read(reading, page)
print(len(memory), "bytes above the stack")
found.update(part.decode(errors="replace") for part in memory.split(b"\0"))

for text in sorted(found):
    if text.startswith("HOST_SECRET="):
        print(f"BREACH read {text}")
