from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "grants.records"
    label = "records"
