import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
GET_DUMPABLE, SET_DUMPABLE = 3, 4
SETTINGS = {
    "be read by others": (SET_DUMPABLE, 1),
    "die with its parent": (1, 9),
    "adopt orphans": (36, 1),
    "be traced by anyone": (0x59616D61, -1),
    "keep capabilities": (8, 1),
    "set securebits": (28, 0x2F),
    "raise a capability": (47, 2, 21),
    "move its memory": (35, 1, 0x10000),
    "have a timer slack": (29, 1),
    "survive memory errors": (33, 1, 0),
    "flush pages on exit": (41, 1),
    "have speculation": (53, 0, 0),
    "be named in memory": (0x53564D41, 0, 0, 0, 0),
    "schedule with others": (62, 1, 0, 0, 0),
}

if libc.prctl(GET_DUMPABLE) == 1:
    print("BREACH others could look into it")
for name, (option, *values) in SETTINGS.items():
    result = libc.prctl(option, *[ctypes.c_ulong(value & (1 << 64) - 1) for value in values], 0, 0)
    print(name, result, os.strerror(ctypes.get_errno()))
    if result >= 0:
        print(f"BREACH may {name}")
