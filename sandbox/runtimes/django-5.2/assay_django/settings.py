"""Django's settings in every run: small, silent, and one SQLite file of the run's own."""

SECRET_KEY = "no secret: it lives in the jail"
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "assay_urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
# Signing up a thousand users must not be what a run's time goes to.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/tmp/db.sqlite3",
        "OPTIONS": {
            # The file dies with the run: nothing need reach a disk, and no journal file is needed.
            "init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;",
            # Taken at the beginning, a write lock is waited for; taken midway it is an error.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
}

# What goes wrong is reported as data; a traceback of the framework on stderr says it twice.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {"django": {"handlers": ["nowhere"], "propagate": False}},
}
