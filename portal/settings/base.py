"""What is the same everywhere: the apps, the request's way through them, templates, language.

The differences of the demo, the tests and production are in the modules of those names.
"""

from pathlib import Path

import environ

from .logging import *  # noqa: F403  settings are composed by star import, as Django's documentation does
from .security import *  # noqa: F403
from .services import *  # noqa: F403

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env("PORTAL_VAR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_structlog",
    "pgtrigger",
    # The house, from the ground floor up: an app may use only those above it in this list.
    "portal.core",
    "portal.outbox",
    "portal.access",
    "portal.ui",
    "portal.audit",
    "portal.workflow",
    "portal.prefectures",
    "portal.accounts",
    "portal.documents",
    "portal.spreadsheets",
    "portal.scans",
    "portal.notifications",
    "portal.home",
    "platforms",
    "grants.guideline",
    "grants.programmes",
    "grants.activities",
    "grants.plans",
    "grants.filings",
    "grants.desk",
    "grants.approvals",
    "grants.awards",
    "grants.allocations",
    "grants.contractors",
    "grants.subcontracts",
    "grants.officers",
    "grants.records",
    "grants.connections",
    "grants.objections",
    "grants.payments",
    "grants.refunds",
    "grants.revocations",
    "grants.changes",
    "grants.carryovers",
    "grants.settlements",
    "grants.conditions",
    "grants.input_tax",
    "grants.income",
    "grants.properties",
    "grants.inquiries",
    "grants.claims",
    "grants.funds",
    "grants.kinds",
    "grants.retention",
    "grants.disclosures",
    "grants.readings",
    "grants.demo",
    "inspections.demands",
    "inspections.visits",
    "inspections.findings",
    "inspections.orders",
    "inspections.sampling",
    "inspections.kits",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.middleware.RequestReference",
    "portal.core.asking.AskingOnce",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.accounts.middleware.SessionLimits",
    "portal.accounts.middleware.CurrentActor",
    "portal.access.middleware.DenialPages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.ui.context.page",
            ],
            "builtins": ["portal.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "files"

STORAGES = {
    # Never served by URL: files leave through a view that asks who is asking.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# 25 MB a file and 200 MB a filing are programme data; this is what the server takes at all.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# The signed daily heads of the audit chain, kept apart from its table.
AUDIT_ANCHOR_DIR = Path(env("AUDIT_ANCHOR_DIR", default=str(VAR_DIR / "anchors")))
AUDIT_ANCHOR_KEY = env("AUDIT_ANCHOR_KEY", default="")

# What is kept encrypted in a row; the first key encrypts, all of them decrypt.
FIELD_KEYS = env.list("FIELD_KEYS", default=[])

# Shown on every page where it is not empty.
SITE_MARK = ""
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
