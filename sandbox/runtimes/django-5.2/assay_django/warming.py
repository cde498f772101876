"""What the zygote does once, so that no run has to."""

import importlib
import os
import platform
from importlib.metadata import version

from assay_django import fixture_apps, sqlite_file

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


def prepare(apps: dict[str, str]) -> None:
    """Sets the framework up, with a fixture's apps, and makes the template database.

    `apps` is path to source, `library/models.py`. Leaves no thread; raises what the apps raise.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "assay_django.settings"
    import django

    if apps:
        from django.conf import settings

        settings.INSTALLED_APPS += fixture_apps.install(apps)
    django.setup()
    for name in _WARM:
        importlib.import_module(name)
    sqlite_file.make_template()


def versions() -> dict[str, str]:
    """Exactly which software a run meets."""
    found = {name: version(name) for name in ("django", "asgiref", "sqlparse")}
    return {"python": platform.python_version()} | found
