from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "grants.plans"
    label = "plans"
