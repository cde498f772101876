import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
SYSINFO = {"x86_64": 99, "aarch64": 179}[os.uname().machine]

# How long it runs, how loaded it is, how much memory is left, how many processes it has.
told = ctypes.create_string_buffer(256)
for name, ask in {
    "sysinfo": lambda: libc.sysinfo(told),
    "number": lambda: libc.syscall(SYSINFO, told),
}.items():
    result = ask()
    print(name, result, os.strerror(ctypes.get_errno()))
    if result == 0:
        uptime, load = struct.unpack_from("=qQ", told.raw)
        processes = struct.unpack_from("=H", told.raw, 80)[0]
        print(
            f"BREACH the host runs for {uptime} s, load {load / 65536:.2f}, {processes} processes"
        )
