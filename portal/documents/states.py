from django.db import models


class DocumentState(models.TextChoices):
    QUEUED = "queued", "作成中"
    READY = "ready", "できています"
    FAILED = "failed", "作成できませんでした"


class Origin(models.TextChoices):
    GENERATED = "generated", "ポータルが作成"
    UPLOADED = "uploaded", "添付"
