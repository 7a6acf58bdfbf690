from django.db import models


class Delivery(models.TextChoices):
    """How one budget line is carried out (要領2(2), 2(4)); an activity may mix them."""

    DIRECT = "direct", "直営"
    CONTRACT = "contract", "委託"
    SUBSIDY = "subsidy", "補助"


class OtherFunding(models.TextChoices):
    """The declaration of 要領4(3), per line. Empty means not declared yet."""

    NONE = "none", "なし"
    EXISTS = "exists", "あり"


class SectionState(models.TextChoices):
    NOT_STARTED = "not_started", "未着手"
    IN_PROGRESS = "in_progress", "入力中"
    ENTERED = "entered", "入力済み"
    NEEDS_FIX = "needs_fix", "要修正"
