"""PostgreSQL, the broker, mail: whatever the environment names.

Redis is only the broker. Sessions, rate limits and cache live in PostgreSQL, so that signing in
and filing work while it is away.
"""

import environ
from kombu import Queue

env = environ.Env()

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres:///portal")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A publisher gives up at once: the outbox keeps the message and the relay sends it later.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
    "visibility_timeout": 600,
}
CELERY_TASK_QUEUES = (Queue("celery"), Queue("papers"))
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = "Asia/Tokyo"
CELERY_BEAT_SCHEDULE = {
    "outbox-relay": {"task": "portal.outbox.relay", "schedule": 5.0},
    # Asked often, told once a day, in office hours: what was told already is not told again.
    "remind-of-months": {"task": "grants.records.remind", "schedule": 1800.0},
    "remind-of-checks": {"task": "grants.contractors.remind", "schedule": 1800.0},
    "remind-of-subcontractors": {"task": "grants.subcontracts.remind", "schedule": 1800.0},
    "remind-of-income": {"task": "grants.income.remind", "schedule": 1800.0},
    "remind-of-input-tax": {"task": "grants.input_tax.remind", "schedule": 1800.0},
    "remind-of-payments": {"task": "grants.settlements.remind", "schedule": 1800.0},
    "destroy-officer-lists": {"task": "grants.officers.destroy_due", "schedule": 3600.0},
    "audit-anchor": {"task": "portal.audit.anchor", "schedule": 600.0},
}

# What one access key of a contractor's program may ask for in each window; counted in PostgreSQL.
API_LIMIT = {
    "seconds": env.int("API_LIMIT_SECONDS", default=600),
    "requests": env.int("API_LIMIT_REQUESTS", default=600),
    "rows": env.int("API_LIMIT_ROWS", default=20_000),
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")
