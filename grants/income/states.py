from django.db import models


class Side(models.TextChoices):
    INCOME = "income", "収入"
    COST = "cost", "必要経費"


class Kind(models.TextChoices):
    """What brought the money in."""

    PARTICIPATION = "participation", "参加料・利用料"
    SALES = "sales", "物品・資料の売払い"
    LENDING = "lending", "施設・設備の貸付け"
    SERVICES = "services", "受託・講師の派遣"
    RIGHTS = "rights", "著作権などの利用料"
    OTHER = "other", "その他"
