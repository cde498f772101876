import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
EXECVE = {"x86_64": 59, "aarch64": 221}[os.uname().machine]
CODE = "print('BREACH another program runs here')"
PYTHON = "/python/bin/python3"
SURROUNDINGS = {"LD_LIBRARY_PATH": "/python/so"}
LOADERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")


def by_number():
    words = (ctypes.c_char_p * 5)(PYTHON.encode(), b"-SEc", CODE.encode(), None)
    names = (ctypes.c_char_p * 2)(b"LD_LIBRARY_PATH=/python/so", None)
    libc.syscall(EXECVE, PYTHON.encode(), words, names)
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def by_descriptor():
    os.execve(os.open(PYTHON, os.O_RDONLY), [PYTHON, "-SEc", CODE], SURROUNDINGS)


ways = {
    "sh": lambda: os.execv("/bin/sh", ["sh", "-c", "echo BREACH a shell"]),
    "descriptor": by_descriptor,
    "number": by_number,
    **{
        loader: lambda loader=loader: os.execve(
            loader, [loader, PYTHON, "-SEc", CODE], SURROUNDINGS
        )
        for loader in LOADERS
    },
    "python": lambda: os.execve(PYTHON, [PYTHON, "-SEc", CODE], SURROUNDINGS),
}
for name, attempt in ways.items():
    try:
        attempt()
    except OSError as error:
        print(name, error)
