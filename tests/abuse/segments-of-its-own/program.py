import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
MODIFY_LDT, ARCH_PRCTL, IOPL = 154, 158, 172
WRITE, READ = 1, 0
SET_GS, GET_GS, CPUID_OFF = 0x1001, 0x1004, 0x1012

# A 32-bit code segment: after a far jump there, numbers mean other system calls.
entry = struct.pack("=IIII", 0, 0, 0xFFFFF, 1 | 2 << 1 | 1 << 4)
print("modify_ldt", libc.syscall(MODIFY_LDT, WRITE, entry, 16), os.strerror(ctypes.get_errno()))
table = ctypes.create_string_buffer(64)
if libc.syscall(MODIFY_LDT, READ, table, 64) > 0 and any(table.raw):
    print("BREACH has a code segment of its own")
print("arch_prctl", libc.syscall(ARCH_PRCTL, SET_GS, 4096), os.strerror(ctypes.get_errno()))
base = ctypes.c_ulong()
if libc.syscall(ARCH_PRCTL, GET_GS, ctypes.byref(base)) == 0:
    print(f"BREACH moved a segment register to {base.value}")
print("iopl", libc.syscall(IOPL, 3), os.strerror(ctypes.get_errno()))
