"""The database that a run begins with: a migrated template, or the one that a fixture left."""

import gc
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from jail import places

# In a run's own folder.
FILE = "db.sqlite3"
_template = b""


def make_template() -> None:
    """Migrates a database in memory and keeps its bytes; no handle of it is left to fork with."""
    global _template
    from django.core.management import call_command
    from django.db import connections

    settings = connections.settings["default"]
    name, settings["NAME"] = settings["NAME"], ":memory:"
    del connections["default"]
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    own = connections["default"].connection
    _template = own.serialize()
    own.close()
    settings["NAME"] = name
    del connections["default"]


def enter(database: bytes | None) -> None:
    """In a fork, before the program: puts the database in place, in the stead of any other."""
    from django.db import connections

    connections.close_all()
    path = _file()
    connections.settings["default"]["NAME"] = str(path)
    # Always the same file: whoever judges the run has a descriptor of it.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_template if database is None else database)


def database() -> bytes:
    """The present database, with nothing left open on it."""
    from django.db import connections

    connections.close_all()
    return _file().read_bytes()


def settle() -> None:
    """At the end of a run: the file alone says what is stored.

    What was not committed is undone, also what has reached the file already, and what stands in a
    write-ahead log is written back.
    """
    for item in gc.get_objects():
        if type(item) is sqlite3.Connection:
            # Closed already, or another thread's: no reason to leave the next one open.
            with suppress(Exception):
                item.rollback()
            with suppress(Exception):
                item.close()


def _file() -> Path:
    return Path(places.own, FILE)
