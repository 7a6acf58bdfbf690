from django.db import models


class Outcome(models.TextChoices):
    """What the police answered on the officers of a body."""

    WAITING = "waiting", "照会中"
    NONE_FOUND = "none_found", "該当なし"
    FOUND = "found", "該当"


class Sex(models.TextChoices):
    MALE = "M", "男"
    FEMALE = "F", "女"


class Purpose(models.TextChoices):
    """What a list may be opened for: its one purpose, in the steps that serve it."""

    SEND = "send", "警察への照会書を作成する"
    VERIFY = "verify", "照会の回答と照合する"
    CORRECT = "correct", "団体の届出と照合する"
