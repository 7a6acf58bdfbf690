from django.apps import AppConfig


class SpreadsheetsConfig(AppConfig):
    name = "portal.spreadsheets"
    label = "spreadsheets"
