"""The database that a run begins with: a migrated template, or the one that a fixture left."""

import os
from pathlib import Path

from jail import places

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

    path = _file()
    connections.settings["default"]["NAME"] = str(path)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_template if database is None else database)


def database() -> bytes:
    """The present database, with nothing left open on it."""
    from django.db import connections

    connections.close_all()
    return _file().read_bytes()


def _file() -> Path:
    return Path(places.own, "db.sqlite3")
