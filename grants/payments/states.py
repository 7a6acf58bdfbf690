from django.db import models


class PaymentKind(models.TextChoices):
    ADVANCE = "advance", "概算払"
    FINAL = "final", "精算払"
