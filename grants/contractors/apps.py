from django.apps import AppConfig


class ContractorsConfig(AppConfig):
    name = "grants.contractors"
    label = "contractors"
