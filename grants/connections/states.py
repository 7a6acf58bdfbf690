from django.db import models


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", "月報と送った結果を読む"
    WRITE = "write", "実績を送る"
