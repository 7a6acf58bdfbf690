"""The tests: a real PostgreSQL and a real broker; only time and outgoing mail are replaced."""

import os

from .base import *  # noqa: F403

SECRET_KEY = "tests-only"
AUDIT_ANCHOR_KEY = "tests-only"
FIELD_KEYS = ["tests-only"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
if "EMAIL_URL" not in os.environ:
    # A worker beside the tests is given a folder, because its memory is not theirs.
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The strength of the hash is production's; a sign-in per test would cost seconds.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# Two lines a request, which nobody reads here, cost a tenth of a walk over all addresses.
LOGGING["loggers"]["django_structlog"]["level"] = "WARNING"  # noqa: F405
