from django.db import models


class Stop(models.TextChoices):
    """What a body asks to do with its work (適正化法7条1項4号)."""

    SUSPEND = "suspend", "中止"
    END = "end", "廃止"


class IncidentKind(models.TextChoices):
    """What a body reports without delay (適正化法7条1項5号)."""

    ACCIDENT = "accident", "事故（遂行が困難になった）"
    DELAY = "delay", "遅延（期間内に完了しない見込み）"
