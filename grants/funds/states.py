from django.db import models


class Step(models.TextChoices):
    """The order in which the state's money becomes payable; each within the one before it."""

    APPROPRIATION = "appropriation", "予算成立"
    ALLOTMENT = "allotment", "示達"
    COMMITMENT = "commitment", "支出負担行為"


class Found(models.TextChoices):
    """What a row of the accounts, or a payment recorded here, turned out to be."""

    SAME = "same", "同じ"
    DIFFERS = "differs", "違いがある"
    CLAIM = "claim", "支払を待つ請求と合う"
    ONLY_THERE = "only_there", "会計だけにある"
    ONLY_HERE = "only_here", "ポータルだけにある"
