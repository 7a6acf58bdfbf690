from django.db import models


class CarryKind(models.TextChoices):
    """How money is used in the year after its own (財政法14条の3, 42条ただし書; 地方自治法213条, 220条3項)."""

    GRANTED = "granted", "明許繰越"
    ACCIDENT = "accident", "事故繰越"
