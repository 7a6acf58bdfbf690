from django.db import models


class Ground(models.TextChoices):
    """Why money comes back; `carries_interest` in rules says for which 加算金 is owed."""

    OVERPAID = "overpaid", "額の確定による超過額（18条2項）"
    REVOKED_BODY = "revoked_body", "17条1項の取消し（18条1項）"
    REVOKED_SUB = "revoked_sub", "17条2項の取消し（18条1項）"
    CHANGED = "changed", "10条の取消し（18条1項）"
    INPUT_TAX = "input_tax", "仕入控除税額の報告（交付の条件）"
    INCOME = "income", "収益の納付（7条2項の条件）"
    DISPOSAL = "disposal", "財産の処分（22条の承認の条件）"


# What comes back beside the amount: it makes no room for another payment.
BESIDE_THE_AMOUNT = frozenset({Ground.INPUT_TAX, Ground.INCOME, Ground.DISPOSAL})


class OrderState(models.TextChoices):
    ORDERED = "refund_ordered", "返還命令"
    SETTLED = "settled", "精算済み"


class Interest(models.TextChoices):
    ADDITIONAL = "additional", "加算金"
    LATE = "late", "延滞金"
