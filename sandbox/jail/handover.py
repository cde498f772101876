"""The database that a run leaves, for whoever judges the run once it is dead.

A fork makes the file itself, and hands out a descriptor of it before it has a program. Whatever the
program does to names later, this is the file that its database was in. Nobody reads it before the
run is dead, and only a fork with closed doors looks into what was read.
"""

import base64
import os
import socket
import stat
import zlib

from jail import doors

# Larger ones are not judged; packed, one has to fit into a frame beside the observations.
MOST_BYTES = 16 * 1024 * 1024
_MOST_PACKED = 3 * 1024 * 1024
_QUICK = 1
_CHUNK = 1 << 20


def channel() -> tuple[socket.socket, socket.socket]:
    """The supervisor's end, and the fork's."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setblocking(False)
    return ours, theirs


def give(path: str) -> None:
    """In a fork, before the program: makes the database's file, and hands it out."""
    file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o600)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=doors.HANDOVER) as end:
        socket.send_fds(end, [b"database"], [file])
    os.close(file)


def take(ours: socket.socket) -> str | None:
    """In the supervisor, when the run is dead: the database, packed; None when there is none.

    The program may have put anything into the file, or it may have removed it.
    """
    try:
        _, descriptors, _, _ = socket.recv_fds(ours, 16, 1)
    except BlockingIOError:
        return None
    try:
        return _packed(descriptors[0]) if descriptors else None
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def unpack(packed: str) -> bytes:
    """The file's bytes. Raises ValueError."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(packed), MOST_BYTES)
    except zlib.error as error:
        raise ValueError(f"it was not packed by this supervisor: {error}") from None


def _packed(file: int) -> str | None:
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink == 0 or found.st_size > MOST_BYTES:
        return None
    packing = zlib.compressobj(_QUICK)
    parts = []
    for offset in range(0, found.st_size, _CHUNK):
        parts.append(packing.compress(os.pread(file, _CHUNK, offset)))
    packed = b"".join([*parts, packing.flush()])
    return base64.b64encode(packed).decode() if len(packed) <= _MOST_PACKED else None
