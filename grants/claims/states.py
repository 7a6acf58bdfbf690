from django.db import models


class AccountKind(models.TextChoices):
    """預金種目, by the codes of the banks' own transfer files."""

    ORDINARY = "1", "普通"
    CURRENT = "2", "当座"
    OTHER = "9", "その他"
