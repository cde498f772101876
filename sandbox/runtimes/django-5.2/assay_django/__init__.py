"""The runtime Django 5.2, as the jail's runtime-neutral part uses it.

A runtime is a module with ENVIRONMENT (names of variables that a run keeps), DATABASE (the file in
a run's folder that its database is in), REHEARSAL (a program, what it serves and a drive, which are
run beforehand) and these functions.
"""

from assay_django.judging import stored, withhold
from assay_django.landmarks import landmarks
from assay_django.rehearsal import REHEARSAL, begin, forget
from assay_django.serving import handlers
from assay_django.sqlite_file import FILE as DATABASE
from assay_django.sqlite_file import database, enter, settle
from assay_django.warming import prepare, versions

ENVIRONMENT = ("DJANGO_SETTINGS_MODULE",)

__all__ = [
    "DATABASE",
    "ENVIRONMENT",
    "REHEARSAL",
    "begin",
    "database",
    "enter",
    "forget",
    "handlers",
    "landmarks",
    "prepare",
    "settle",
    "stored",
    "versions",
    "withhold",
]
