"""The filter on system calls: a list of what a run may ask of the kernel, all else is refused.

Denying fork and exec is also what makes RLIMIT_AS a bound on the whole run.
"""

import ctypes
import errno
import functools
import os
import platform
import socket
import struct

from jail import kernel, places, syscalls

_LOAD, _JEQ, _JGE, _JSET, _RET, _AND = 0x20, 0x15, 0x35, 0x45, 0x06, 0x54

_KILL = 0x80000000
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_ABSENT = 0x00050000 | errno.ENOSYS
# Not done, and answered with 0 as if it had been.
_DONE = 0x00050000

_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_ARCHES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000

_CLONE_THREAD = 0x00010000
# A thread with a table of its own could open as many descriptors again as the whole process may.
_CLONE_FILES = 0x00000400
# For the same reason not CLOSE_RANGE_UNSHARE: no flag, or CLOSE_RANGE_CLOEXEC.
_CLOSE_RANGE = (0, 4)
# NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
_CLONE_NAMESPACES = 0x7E020000
_MAP_STACK = 0x20000
# A thread whose stack is this large counts against the address space; smaller ones could be made
# by the ten thousand.
_SMALLEST_STACK = 256 * 1024

# dup, descriptor flags, status flags, POSIX locks, dup with close-on-exec.
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
_F_SETFL = 4
# Past the memory that holds files: all would then wait for the disk, and it is everyone's.
_PAST_MEMORY = os.O_DIRECT | os.O_SYNC
# isatty, window size, FIONREAD, FIONBIO, and close-on-exec off and on.
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# Waiting and waking. Without locks that hand on priorities: no library here asks for them, and they
# have been the way into the kernel more than once. The flags beside the operation do not matter.
_FUTEX, _FUTEX_OPERATION = (0, 1, 3, 4, 5, 9, 10), 0x7F
# What a heap or a thread's stack says of its own memory. Not: put it out, or merge it with others'.
_MADVISE = (0, 1, 2, 3, 4, 8, 10, 14, 15, 16, 18)
# Not to replace, or to exchange. A whiteout would be a device.
_RENAME = (0, 1, 2)
# Of a pool that the host keeps for others; no limit of a process counts them.
_MAP_HUGETLB = 0x40000
# Urgent data on unix sockets: see CVE-2025-38236.
_MSG_OOB = 1
# A thread's name.
_PRCTL = (15, 16)
# Of a socket: SO_REUSEADDR, SO_KEEPALIVE; of TCP: TCP_NODELAY. Not: filters, buffers, devices.
_SOL_SOCKET, _OPTIONS = 1, ((1, (2, 9)), (6, (1,)))
# Type of a socket without its flags.
_SOCKET_TYPE = 0xF
# What a process of which kind may do: a program; a server in the lab; the parent of such servers.
PROGRAM, SERVER, MASTER = "program", "server", "master"
# Landlock has no say in these, and without namespaces the host's files are there.
_ON_FILES_OF_THE_HOST = ("chmod", "fchmod", "fchmodat", "utimensat")


def install(kind: str = PROGRAM) -> None:
    """Puts the filter on this process, for good. Needs no_new_privs; raises OSError."""
    is_alone = kind == PROGRAM and not places.on_host
    code = program() if is_alone else program(os.getpid(), kind)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    packed = Program(len(code) // 8, ctypes.addressof(buffer))
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, ctypes.byref(packed))


@functools.cache
def program(own: int = 1, kind: str = PROGRAM) -> bytes:
    """The filter for this machine and a process of this kind whose pid is `own`.

    With namespaces it is made once, in the zygote: every run is process 1 of its own.
    """
    machine = platform.machine()
    known = syscalls.numbers(syscalls.GUARDED | (syscalls.SERVING if kind != PROGRAM else {}))
    lines = [_op(_LOAD, _ARCH), _op(_JEQ, _ARCHES[machine], 1, 0), _ret(_KILL)]
    lines.append(_op(_LOAD, _NUMBER))
    if machine == "x86_64":
        lines += [_op(_JGE, _X32_BIT, 0, 1), _ret(_KILL)]
    # The first that has a word on a call has the last one.
    for name, body in (_guards(own) | _GUARDS_OF[kind]()).items():
        if name not in known:
            continue
        lines += [_op(_JEQ, known[name], 0, len(body)), *body]
    for name, number in syscalls.numbers(syscalls.PLAIN).items():
        if places.on_host and name in _ON_FILES_OF_THE_HOST:
            continue
        lines += [_op(_JEQ, number, 0, 1), _ret(_ALLOW)]
    return b"".join([*lines, _ret(_REFUSE)])


def _guards(own: int) -> dict[str, list[bytes]]:
    """For each guarded call, instructions that decide by its arguments; each ends in a return."""
    return {
        "clone": [
            *_argument(0),
            _op(_JSET, _CLONE_NAMESPACES, 3, 0),
            _op(_JSET, _CLONE_THREAD, 0, 2),
            _op(_JSET, _CLONE_FILES, 0, 1),
            _ret(_ALLOW),
            _ret(_REFUSE),
        ],
        # The flags of clone3 lie in memory, which a filter cannot see: libc falls back to clone.
        "clone3": [_ret(_ABSENT)],
        "close_range": _one_of(2, _CLOSE_RANGE),
        "mmap": [
            *_none_of(3, _MAP_HUGETLB),
            *_argument(3),
            _op(_JSET, _MAP_STACK, 0, 2),
            *_argument(1),
            _op(_JGE, _SMALLEST_STACK, 0, 1),
            _ret(_ALLOW),
            _ret(_REFUSE),
        ],
        "fcntl": [
            *_argument(1),
            _op(_JEQ, _F_SETFL, 0, 3),
            *_none_of(2, _PAST_MEMORY),
            *_one_of(1, _FCNTL),
        ],
        # A run's folder dies with it. A library's file is on the host's disk: each call would have
        # that write its cache out, and everyone's commits would wait.
        "fdatasync": [_ret(_DONE)],
        "fsync": [_ret(_DONE)],
        "open": [*_none_of(1, _PAST_MEMORY), _ret(_ALLOW)],
        "openat": [*_none_of(2, _PAST_MEMORY), _ret(_ALLOW)],
        "futex": _one_of(1, _FUTEX, _FUTEX_OPERATION),
        "madvise": _one_of(2, _MADVISE),
        "renameat2": _one_of(4, _RENAME),
        "ioctl": _one_of(1, _IOCTL),
        "prctl": _one_of(0, _PRCTL),
        # Of its own namespace there is nothing else to be signalled; of the host's there is.
        "kill": _one_of(0, (own,)),
        "tgkill": _one_of(0, (own,)),
        "prlimit64": _null(2),
        # Without an address it is send(), which asyncio uses on its own pair of sockets.
        "sendto": [*_none_of(3, _MSG_OOB), *_null(4)],
        "socketpair": _one_of(0, (socket.AF_UNIX,)),
    }


def _server_guards() -> dict[str, list[bytes]]:
    """TCP over IPv4, in a network that has loopback only. The listening socket is given to it."""
    return {
        "socket": [
            *_argument(0),
            _op(_JEQ, socket.AF_INET, 1, 0),
            _ret(_REFUSE),
            *_stream_only(),
            # No protocol named, or TCP: not MPTCP, nor SCTP.
            *_one_of(2, (0, socket.IPPROTO_TCP)),
        ],
        # Datagrams could be sent to a name, which connections of a pair cannot.
        "socketpair": [*_stream_only(), *_one_of(0, (socket.AF_UNIX,))],
        "connect": [_ret(_ALLOW)],
        "accept4": [_ret(_ALLOW)],
        "setsockopt": _one_of_options(),
        "getsockopt": _one_of(1, (_SOL_SOCKET,)),
    }


def _master_guards() -> dict[str, list[bytes]]:
    """Makes servers and ends them; runs no program itself."""
    return _server_guards() | {
        "clone": [*_argument(0), _op(_JSET, _CLONE_NAMESPACES, 0, 1), _ret(_REFUSE), _ret(_ALLOW)],
        "kill": [_ret(_ALLOW)],
        "listen": [_ret(_ALLOW)],
        "prctl": _one_of(0, (*_PRCTL, kernel.PR_SET_SECCOMP)),
        "landlock_create_ruleset": [_ret(_ALLOW)],
        "landlock_add_rule": [_ret(_ALLOW)],
        "landlock_restrict_self": [_ret(_ALLOW)],
    }


_GUARDS_OF = {PROGRAM: dict, SERVER: _server_guards, MASTER: _master_guards}


def _stream_only() -> list[bytes]:
    return [
        *_argument(1),
        _op(_AND, _SOCKET_TYPE),
        _op(_JEQ, socket.SOCK_STREAM, 1, 0),
        _ret(_REFUSE),
    ]


def _one_of_options() -> list[bytes]:
    lines = []
    for level, names in _OPTIONS:
        body = _one_of(2, names)
        lines += [*_argument(1), _op(_JEQ, level, 0, len(body)), *body]
    return [*lines, _ret(_REFUSE)]


def _one_of(index: int, values: tuple[int, ...], mask: int = 0xFFFFFFFF) -> list[bytes]:
    lines = [*_argument(index), _op(_AND, mask)]
    for value in values:
        lines += [_op(_JEQ, value, 0, 1), _ret(_ALLOW)]
    return [*lines, _ret(_REFUSE)]


def _none_of(index: int, bits: int) -> list[bytes]:
    """Refuses when one of the bits is set; what follows decides otherwise."""
    return [*_argument(index), _op(_JSET, bits, 0, 1), _ret(_REFUSE)]


def _null(index: int) -> list[bytes]:
    return [
        *_argument(index),
        _op(_JEQ, 0, 0, 3),
        _op(_LOAD, _ARGUMENTS + 8 * index + 4),
        _op(_JEQ, 0, 0, 1),
        _ret(_ALLOW),
        _ret(_REFUSE),
    ]


def _argument(index: int) -> list[bytes]:
    """Loads the low word (both machines are little-endian): the kernel reads these as 32 bits."""
    return [_op(_LOAD, _ARGUMENTS + 8 * index)]


def _ret(value: int) -> bytes:
    return _op(_RET, value)


def _op(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, when_true, when_false, value)
