from django.db import models


class KitState(models.TextChoices):
    QUEUED = "queued", "作成中"
    READY = "ready", "できています"
    FAILED = "failed", "作成できませんでした"
