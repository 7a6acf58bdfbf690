from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    name = "grants.settlements"
    label = "settlements"
    verbose_name = "実績報告と額の確定"
