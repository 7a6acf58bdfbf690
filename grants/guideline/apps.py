from django.apps import AppConfig


class GuidelineConfig(AppConfig):
    name = "grants.guideline"
    label = "guideline"
