from django.apps import AppConfig


class RefundsConfig(AppConfig):
    name = "grants.refunds"
    label = "refunds"
    verbose_name = "返還"
