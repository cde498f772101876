"""What the zygote does once, so that no run has to."""

import importlib
import os
import platform
from importlib.metadata import version

from assay_django import sqlite_file

# What programs about the framework commonly import; the first import is the slow one.
_WARM = (
    "asyncio",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "email",
    "random",
    "statistics",
    "unittest",
    "uuid",
    "concurrent.futures",
    "django.contrib.auth.models",
    "django.core.handlers.asgi",
    "django.core.handlers.wsgi",
    "django.core.management",
    "django.core.paginator",
    "django.db.models.functions",
    "django.db.transaction",
    "django.http",
    "django.shortcuts",
    "django.template.loader",
    "django.test",
    "django.urls",
    "django.views",
    "django.views.generic",
    "django.views.decorators.csrf",
)


def prepare() -> None:
    """Sets the framework up and makes the template database. Starts no thread."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "assay_django.settings"
    import django

    django.setup()
    for name in _WARM:
        importlib.import_module(name)
    sqlite_file.make_template()


def versions() -> dict[str, str]:
    """Exactly which software a run meets."""
    found = {name: version(name) for name in ("django", "asgiref", "sqlparse")}
    return {"python": platform.python_version()} | found
