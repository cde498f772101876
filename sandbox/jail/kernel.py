"""The few kernel calls that Python has no name for. Each raises OSError when it is refused."""

import ctypes
import os
import signal

CLONE_NEWNS = 0x00020000
CLONE_PARENT = 0x00008000
CLONE_CHILD_CLEARTID = 0x00200000
CLONE_CHILD_SETTID = 0x01000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWPID = 0x20000000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18

PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_READ = 23
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_GET_TID_ADDRESS = 40
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

_CAPABILITY_VERSION_3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)
_libc_with_gil = ctypes.PyDLL(None, use_errno=True)


# The same number on every machine.
_CLONE3 = 435


class _CloneArguments(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_uint64)
        for name in (
            *("flags", "pidfd", "child_tid", "parent_tid"),
            *("exit_signal", "stack", "stack_size", "tls"),
        )
    ]


class _CapHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def _done(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def fork_apart(namespaces: int, *, as_sibling: bool = False) -> int:
    """As os.fork(), but the child is process 1 of new namespaces; a sibling is our parent's child.

    Past the C library, which knows no such fork. The one thing that it would do for the only thread
    of a process, the kernel does here: to write the child's thread number where the library keeps
    it, and compares it with the owners of its locks. Keeps the GIL, as the child needs it.
    """
    asked = _CloneArguments()
    asked.flags = namespaces | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID
    if as_sibling:
        asked.flags |= CLONE_PARENT
    else:
        asked.exit_signal = signal.SIGCHLD
    asked.child_tid = _place_of_thread_number()
    size = ctypes.c_size_t(ctypes.sizeof(asked))
    ctypes.pythonapi.PyOS_BeforeFork()
    pid = _libc_with_gil.syscall(ctypes.c_long(_CLONE3), ctypes.byref(asked), size)
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        return 0
    code = ctypes.get_errno()
    ctypes.pythonapi.PyOS_AfterFork_Parent()
    ctypes.set_errno(code)
    return _done(pid, "clone3")


def _place_of_thread_number() -> int:
    place = ctypes.c_void_p()
    try:
        prctl(PR_GET_TID_ADDRESS, ctypes.byref(place))
    except OSError as error:
        raise OSError(error.errno, "this kernel has no CONFIG_CHECKPOINT_RESTORE") from None
    return place.value or 0


def unshare(flags: int) -> None:
    """Leaves the namespaces named by `flags`."""
    _done(_libc.unshare(flags), "unshare")


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """mount(2)."""
    result = _libc.mount(
        source.encode() if source else None,
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )
    _done(result, f"mount {target}")


def unmount(target: str) -> None:
    """umount2(2). Raises OSError (EBUSY) while anything there is open."""
    _done(_libc.umount2(target.encode(), 0), f"unmount {target}")


def prctl(option: int, *arguments: object) -> int:
    """prctl(2) with up to four arguments; those left out are 0."""
    padded = [*arguments, 0, 0, 0, 0][:4]
    wide = [ctypes.c_ulong(item) if isinstance(item, int) else item for item in padded]
    return _done(_libc.prctl(option, *wide), f"prctl {option}")


def drop_bounding_set() -> None:
    """Sees to it that no program that is ever executed can have a capability, for good."""
    capability = 0
    while _libc.prctl(PR_CAPBSET_READ, ctypes.c_ulong(capability), 0, 0, 0) >= 0:
        prctl(PR_CAPBSET_DROP, capability)
        capability += 1


def drop_capabilities() -> None:
    """Gives up every capability, for good."""
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    nothing = (ctypes.c_uint32 * 6)()
    header = _CapHeader(_CAPABILITY_VERSION_3, 0)
    _done(_libc.capset(ctypes.byref(header), nothing), "capset")


def capabilities() -> list[int]:
    """The effective, permitted and inheritable sets of this process, as six words."""
    words = (ctypes.c_uint32 * 6)()
    header = _CapHeader(_CAPABILITY_VERSION_3, 0)
    _done(_libc.capget(ctypes.byref(header), words), "capget")
    return list(words)


def set_host_name(name: str) -> None:
    """sethostname(2), in the present UTS namespace."""
    _done(_libc.sethostname(name.encode(), len(name)), "sethostname")


def syscall(number: int, *arguments: object) -> int:
    """A raw system call; only the canaries use it."""
    wide = [ctypes.c_long(item) if isinstance(item, int) else item for item in arguments]
    return _done(_libc.syscall(ctypes.c_long(number), *wide), f"syscall {number}")
