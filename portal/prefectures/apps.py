from django.apps import AppConfig


class PrefecturesConfig(AppConfig):
    name = "portal.prefectures"
    label = "prefectures"
