"""The demo on one machine: HTTP on loopback, mail into a folder, デモ on every page."""

from .base import *  # noqa: F403
from .base import VAR_DIR

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
SECRET_KEY = SECRET_KEY or "demo-only-not-a-secret"  # noqa: F405
AUDIT_ANCHOR_KEY = AUDIT_ANCHOR_KEY or "demo-only-not-a-secret"  # noqa: F405
FIELD_KEYS = FIELD_KEYS or ["demo-only-not-a-secret"]  # noqa: F405
SITE_MARK = "デモ"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
