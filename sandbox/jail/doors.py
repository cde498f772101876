"""How a fork of the zygote shuts itself in, step by step, before it sees a line of learner code."""

import fcntl
import io
import os
import resource
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from jail import kernel, landlock, on_host, places, seccomp
from jail.limits import Limits

REPORT = 3
# Open only until the work begins; the first two longer, where inputs come through them.
STATUS, GO, BODY, HANDOVER, DATABASE = 4, 5, 6, 7, 8
OPEN_IN_A_RUN = (0, 1, 2, REPORT)

ENVIRONMENT = {"HOME": "/tmp", "LANG": "C.UTF-8", "TMPDIR": "/tmp", "TZ": "UTC"}
HOST_NAME = "sandbox"
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")

_FREE_ABOVE = 64
_MOST_DESCRIPTORS = 128
_MOST_THREADS = 1024
_MOST_PENDING_SIGNALS = 64
_STACK_BYTES = 8 * 1024 * 1024
_PRIVATE = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
_NAMESPACES = kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS


def namespaces() -> int:
    """The flags of those that a run has of its own."""
    return 0 if places.on_host else _NAMESPACES


def place_descriptors(descriptors: Sequence[int]) -> None:
    """Puts stdout, stderr and those named above in place, a database if given; closes all else."""
    high = [fcntl.fcntl(item, fcntl.F_DUPFD, _FREE_ABOVE) for item in descriptors]
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    for number, item in enumerate(high, start=1):
        os.dup2(item, number)
    os.closerange(len(high) + 1, 1 << 20)


@contextmanager
def scratch() -> Iterator[None]:
    """In the zygote, before anything hostile exists: a /tmp that is gone afterwards."""
    if places.on_host:
        with on_host.scratch():
            yield
        return
    # The container's own mounts belong to a user namespace above ours: a copy of them is needed.
    kernel.unshare(kernel.CLONE_NEWNS)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", "/tmp", "tmpfs", _PRIVATE, "size=16m,mode=700")
    try:
        yield
    finally:
        kernel.unmount("/tmp")


def own_file_system(limits: Limits) -> None:
    """A private folder; with namespaces also devices whose modes cannot be changed."""
    if places.on_host:
        ENVIRONMENT.update(HOME=places.own, TMPDIR=places.own)
        on_host.enter_own_folder()
        return
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    for device in DEVICES:
        # Where the service is root, a run owns these as far as chmod is concerned.
        flags = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY
        kernel.mount(None, device, None, flags | kernel.MS_NOSUID | kernel.MS_NOEXEC)
    # One inode is the folder itself.
    options = f"size={limits.diskBytes},nr_inodes={limits.files + 1},mode=700"
    kernel.mount("tmpfs", "/tmp", "tmpfs", _PRIVATE, options)
    kernel.set_host_name(HOST_NAME)
    os.chdir("/tmp")
    os.umask(0o077)


def close_doors(
    limits: Limits,
    kind: str = seccomp.PROGRAM,
    *,
    descriptors: int = _MOST_DESCRIPTORS,
    threads: int = _MOST_THREADS,
    ports: Iterable[int] = (),
) -> None:
    """Limits, capabilities, new privileges, file rights, system calls: in this order, for good.

    `ports` are those that a process of another kind than a program may connect to.
    """
    # Out of the process group that it was forked in, which is that of all runs.
    os.setsid()
    _forget_signals()
    for name, value in _resource_limits(limits, descriptors, threads).items():
        _limit(name, value)
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(ports)
    seccomp.install(kind)


def clean_surroundings(keep: Sequence[str], arguments: list[str]) -> None:
    """An environment of known names only, and streams that carry nothing from the zygote."""
    kept = {name: os.environ[name] for name in keep if name in os.environ}
    os.environ.clear()
    os.environ.update(ENVIRONMENT | kept)
    sys.argv[:] = arguments
    sys.path[:] = [place for place in sys.path if not place.startswith(places.SANDBOX)]
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.FileIO(0, "rb", closefd=False))
    sys.stdout = sys.__stdout__ = _stream(1, "strict")
    sys.stderr = sys.__stderr__ = _stream(2, "backslashreplace")


def _stream(number: int, errors: str) -> io.TextIOWrapper:
    raw = io.BufferedWriter(io.FileIO(number, "wb", closefd=False))
    # By lines, so that a run that is killed has still said what it said.
    return io.TextIOWrapper(raw, encoding="utf-8", errors=errors, line_buffering=True)


def _resource_limits(limits: Limits, descriptors: int, threads: int) -> dict[str, int]:
    return {
        "RLIMIT_AS": limits.memoryBytes,
        # Soft and hard alike: process 1 ignores SIGXCPU, but not the SIGKILL of the hard limit.
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_FSIZE": limits.diskBytes,
        "RLIMIT_NOFILE": descriptors,
        # Counts the threads of the container, and not at all where the service is root.
        "RLIMIT_NPROC": threads,
        "RLIMIT_STACK": _STACK_BYTES,
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_RTPRIO": 0,
        # The queue is the container's: spares and the next run share it.
        "RLIMIT_SIGPENDING": _MOST_PENDING_SIGNALS,
    }


def _limit(name: str, value: int) -> None:
    kind = getattr(resource, name)
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _forget_signals() -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)
