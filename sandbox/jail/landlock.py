"""A second, independent word on files, TCP and signals: the kernel's Landlock, where it has it.

With namespaces, the mounts, the empty network and the process namespace already leave nothing else
to reach; this holds if they should not. Without them, it is what keeps the host's files from a run.
"""

import ctypes
import errno
import os
from collections.abc import Iterable

from jail import kernel, places

# The same numbers on every machine.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_VERSION = 1
_RULE_PATH_BENEATH, _RULE_NET_PORT = 1, 2
_CONNECT_TCP = 1 << 1

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_READ = _READ_FILE | _READ_DIR
# All rights that the first version of Landlock knows, then REFER, TRUNCATE and IOCTL_DEV.
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
# Binding and connecting, since version 4; abstract sockets and signals, since version 6.
_TCP, _TCP_SINCE = 0b11, 4
_SCOPES, _SCOPES_SINCE = 0b11, 6
_EXECUTE = 1 << 0
_TRUNCATE = 1 << 14

_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The kernel's version of Landlock; 0 where it has none."""
    try:
        return kernel.syscall(_CREATE_RULESET, 0, 0, _CREATE_VERSION)
    except OSError as error:
        if error.errno in (errno.ENOSYS, errno.EOPNOTSUPP):
            return 0
        raise


class _PortRule(ctypes.Structure):
    _fields_ = [("rights", ctypes.c_uint64), ("port", ctypes.c_uint64)]


def restrict(ports: Iterable[int] = ()) -> bool:
    """Leaves this process its own folder, and Python's to read. False where there is no Landlock.

    `ports`: those that it may connect to over TCP; it may listen on none.

    Raises OSError where there is none, and nothing else to keep the host's files from a run.
    """
    found = version()
    if found == 0:
        if places.on_host:
            raise OSError(errno.ENOSYS, "no Landlock, and no namespaces")
        return False
    handled = max(rights for since, rights in _RIGHTS.items() if since <= found)
    # But for the ports, no rule allows any of the TCP and scopes: they are refused altogether.
    words = [handled]
    words += [_TCP] if found >= _TCP_SINCE else []
    words += [_SCOPES] if found >= _SCOPES_SINCE else []
    attributes = (ctypes.c_uint64 * len(words))(*words)
    size = ctypes.sizeof(attributes)
    ruleset = kernel.syscall(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    _allow(ruleset, places.own, handled & ~_EXECUTE)
    for path in places.READABLE:
        # The loader maps libraries for execution: that is reading, not the right to execute.
        _allow(ruleset, path, _READ if os.path.isdir(path) else _READ_FILE)
    for path in _DEVICES:
        _allow(ruleset, path, (_READ_FILE | _WRITE_FILE | _TRUNCATE) & handled)
    for port in ports if found >= _TCP_SINCE else ():
        rule = _PortRule(_CONNECT_TCP, port)
        kernel.syscall(_ADD_RULE, ruleset, _RULE_NET_PORT, ctypes.byref(rule), 0)
    kernel.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return True


def _allow(ruleset: int, path: str, rights: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathRule(rights, parent)
        kernel.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
