from django.apps import AppConfig


class KindsConfig(AppConfig):
    name = "grants.kinds"
    label = "kinds"
