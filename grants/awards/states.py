from django.db import models


class DecisionKind(models.TextChoices):
    GRANT = "grant", "交付決定"
    CHANGE = "change", "変更の承認"
    STOP = "stop", "中止・廃止の承認"
    DISPOSAL = "disposal", "財産処分の承認"
    CARRYOVER = "carryover", "繰越しの承認"
    DECLINE = "decline", "不交付の決定"


class AwardState(models.TextChoices):
    IN_FORCE = "in_force", "交付決定済み"
    WITHDRAWN = "withdrawn", "取下げ"
    REVOKED = "revoked", "決定取消し"
