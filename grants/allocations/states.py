from django.db import models


class SurveyKind(models.TextChoices):
    """What the Cabinet Office asks before applications: the values are kinds of filing."""

    NEEDS = "needs", "所要額調査"
    CONSULTATION = "consultation", "協議"


class SharingRule(models.TextChoices):
    PROPORTION = "proportion", "同じ割合で減らす"
    LEVEL = "level", "1団体の上限をそろえて下げる"
    BY_HAND = "by_hand", "すべて手で決める"


class BatchKind(models.TextChoices):
    PROMISE = "promise", "内示"
    DECISION = "decision", "交付決定"
