from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "grants.filings"
    label = "filings"
