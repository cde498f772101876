"""The runtime Django 5.2, as the jail's runtime-neutral part uses it.

A runtime is a module with ENVIRONMENT (names of variables that a run keeps) and these functions.
"""

from assay_django.serving import handlers
from assay_django.sqlite_file import database, enter
from assay_django.warming import prepare, versions

ENVIRONMENT = ("DJANGO_SETTINGS_MODULE",)

__all__ = ["ENVIRONMENT", "database", "enter", "handlers", "prepare", "versions"]
