from django.db import models


class Verdict(models.TextChoices):
    """What an examiner finds of one line of the 精算額調書."""

    ACCEPTED = "accepted_line", "認める"
    CUT = "cut", "減額する"
    PARKED = "parked", "保留する"
    SAMPLED = "sampled", "抽出する"


class SettlementState(models.TextChoices):
    FINALISED = "finalised", "額の確定済み"
    CLOSED = "closed", "終了"
