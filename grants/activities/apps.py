from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "grants.activities"
    label = "activities"
