import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
FORK = {"x86_64": 57}.get(os.uname().machine)
CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
SIGCHLD = 17


def checked(number):
    if number < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return number


ways = {
    "os.fork": os.fork,
    "libc fork": lambda: checked(libc.fork()),
    "clone": lambda: checked(libc.syscall(CLONE, SIGCHLD, 0, 0, 0, 0)),
}
if FORK:
    ways["fork by number"] = lambda: checked(libc.syscall(FORK))

for name, fork in ways.items():
    for _ in range(30):
        try:
            child = fork()
        except OSError as error:
            print(name, error)
            break
        if child == 0:
            os._exit(7)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7:
            print(f"BREACH forked by {name}")
