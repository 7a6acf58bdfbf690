from django.db import models


class SeatKind(models.TextChoices):
    """What a seat of a route does. 承認 waits for all before it; 合議 in a row go side by side."""

    APPROVE = "approve", "承認"
    CONCUR = "concur", "合議"


# 決裁 goes through one to five people.
MOST_SEATS = 5
