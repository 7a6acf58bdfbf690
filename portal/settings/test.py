"""The tests: a real PostgreSQL and a real broker; only time and outgoing mail are replaced."""

from .base import *  # noqa: F403

SECRET_KEY = "tests-only"
AUDIT_ANCHOR_KEY = "tests-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The strength of the hash is production's; a sign-in per test would cost seconds.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
