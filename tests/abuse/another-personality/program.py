import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
PERSONALITY = {"x86_64": 135, "aarch64": 92}[os.uname().machine]
ASK = 0xFFFFFFFF
NOT_RANDOM, READ_IS_EXECUTE, NULL_PAGE = 0x0040000, 0x0400000, 0x0100000

for name, persona in (
    ("addresses", NOT_RANDOM),
    ("execution", READ_IS_EXECUTE),
    ("null", NULL_PAGE),
):
    print(
        name,
        libc.personality(persona),
        libc.syscall(PERSONALITY, persona),
        os.strerror(ctypes.get_errno()),
    )
    if libc.personality(ASK) == persona:
        print(f"BREACH has the personality of old programs: {name}")
