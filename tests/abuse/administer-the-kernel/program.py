import ctypes
import errno
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
MACHINE = os.uname().machine
KEPT = ctypes.create_string_buffer(65536)
# perf_event_attr: counts instructions of this process, in user mode.
COUNTER = struct.pack("=IIQ", 1, 112, 1).ljust(40, b"\0") + struct.pack("=Q", 0x61).ljust(72, b"\0")
CALLS = {
    "bpf": (
        (321, 280),
        (0, bytes.fromhex("02000000040000000400000001000000").ljust(72, b"\0"), 72),
    ),
    "perf_event_open": ((298, 241), (COUNTER, 0, -1, -1, 0)),
    "syslog": ((103, 116), (3, KEPT, 65536)),
    "reboot": ((169, 142), (0, 0, 0, 0)),
    "kexec_load": ((246, 104), (0, 0, 0, 0)),
    "kexec_file_load": ((320, 294), (-1, -1, 0, 0, 0)),
    "init_module": ((175, 105), (KEPT, 16, b"")),
    "finit_module": ((313, 273), (0, b"", 0)),
    "delete_module": ((176, 106), (b"nothing", 0)),
    "swapon": ((167, 224), (b"/tmp/db.sqlite3", 0)),
    "swapoff": ((168, 225), (b"/tmp/db.sqlite3",)),
    "acct": ((163, 89), (b"/tmp/db.sqlite3",)),
    "quotactl": ((179, 60), (0x80000100, 0, 0, KEPT)),
    "vhangup": ((153, 58), ()),
    "iopl": ((172, None), (3,)),
    "ioperm": ((173, None), (0x80, 1, 1)),
    "sysfs": ((139, None), (3,)),
    "lsm_list_modules": ((461, 461), (KEPT, ctypes.byref(ctypes.c_uint32(65536)), 0)),
}

for name, (numbers, arguments) in CALLS.items():
    number = numbers[("x86_64", "aarch64").index(MACHINE)]
    if number is None:
        continue
    result = libc.syscall(number, *arguments)
    code = ctypes.get_errno()
    print(name, result, os.strerror(code))
    if result >= 0:
        print(f"BREACH {name} answered {result}")
    elif code not in (errno.EPERM, errno.ENOSYS, errno.EACCES):
        print(f"BREACH {name} was looked into: {os.strerror(code)}")
