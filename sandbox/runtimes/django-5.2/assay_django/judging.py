"""The database of a dead run, as an expectation sees it: through the ORM."""

from types import SimpleNamespace
from typing import NoReturn


def stored() -> SimpleNamespace:
    """The models by their names, on the database that was entered last; a fixture's win.

    Raises ValueError, or what the driver raises, when the file is not a whole database: a program
    may have written it itself.
    """
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)")
        found = cursor.fetchone()[0]
    if found != "ok":
        raise ValueError(found)
    return SimpleNamespace(**{model.__name__: model for model in apps.get_models()})


def withhold() -> None:
    """Where no run's database is to be judged: none can be opened by mistake."""
    from django.db import connection

    connection.connect = _refuse


def _refuse() -> NoReturn:
    raise LookupError(
        "an expectation finds what a run has stored under `database`, "
        "for instance database.User.objects.count()"
    )
