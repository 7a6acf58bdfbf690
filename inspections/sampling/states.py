from django.db import models


class How(models.TextChoices):
    LARGEST = "largest", "金額の大きいもの"
    CERTAIN = "certain", "金額により必ず"
    DRAWN = "drawn", "無作為"


class Source(models.TextChoices):
    PORTAL = "portal", "ポータルにある支出（直営の明細、委託先・補助先の請求の内訳）"
    TYPED = "typed", "団体の支出の一覧を貼り付ける"
