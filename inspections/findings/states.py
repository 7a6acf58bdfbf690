from django.db import models


class FindingState(models.TextChoices):
    """Overdue is a question about two days, not a state."""

    DRAFTED = "drafted", "作成中"
    ISSUED = "issued", "意見を待つ"
    COMMENTED = "commented", "意見あり"
    UPHELD = "upheld", "是正を求める"
    DROPPED = "dropped", "取りやめ"
    CORRECTED = "corrected", "是正の報告あり"
    CLOSED = "closed", "終結"


class Severity(models.TextChoices):
    SERIOUS = "serious", "重大"
    ORDINARY = "ordinary", "通常"
    SLIGHT = "slight", "軽微"


# The office reads what the body wrote of its correction.
REPORTED = frozenset({FindingState.CORRECTED, FindingState.CLOSED})
# Ruled to be so, and not at its end: an order may rest on it.
UPHELD = frozenset({FindingState.UPHELD, FindingState.CORRECTED})
# Ruled to be so, whether or not it is at its end.
RULED = UPHELD | {FindingState.CLOSED}
SETTLED = frozenset({FindingState.DROPPED, FindingState.CLOSED})
