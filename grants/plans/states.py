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


class Tax(models.TextChoices):
    """Whether the amount of a budget line holds consumption tax; what is deducted is paid back."""

    INCLUDED = "included", "税込"
    EXCLUDED = "excluded", "税抜"


class BudgetMeasure(models.TextChoices):
    """予算措置: where the body's own share stands in its council (施行令3条2項)."""

    INITIAL = "initial", "当初予算"
    SUPPLEMENTARY = "supplementary", "補正予算"
    PENDING = "pending", "未議決"


class SectionState(models.TextChoices):
    NOT_STARTED = "not_started", "未着手"
    IN_PROGRESS = "in_progress", "入力中"
    ENTERED = "entered", "入力済み"
    NEEDS_FIX = "needs_fix", "要修正"
    AWAITING_APPROVAL = "awaiting_approval", "決裁待ち"
