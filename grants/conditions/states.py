from django.db import models


class Way(models.TextChoices):
    """What follows from a corrected report that says less."""

    DEDUCT = "deduct", "まだ命じていない返還の額から差し引く"
    LOWER = "lower", "命じた返還の額を減らす"
    REPAY = "repay", "納付された額から、国が返す"
    KEEP = "keep", "返還の額を変えない"
