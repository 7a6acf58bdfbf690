from django.db import models


class Method(models.TextChoices):
    """How the recipient's consumption tax is counted (消費税法9条, 30条, 37条, 60条)."""

    GENERAL_ACCOUNT = "general_account", "一般会計（消費税法60条6項により、納付も控除もない）"
    EXEMPT = "exempt", "免税事業者（消費税法9条により、申告の義務がない）"
    SIMPLIFIED = "simplified", "簡易課税（消費税法37条。実際の仕入れによらない）"
    SPECIFIED_INCOME = "specified_income", "特定収入割合が5％を超える（消費税法60条4項の調整）"
    FULL = "full", "全額控除（課税売上割合95％以上かつ課税売上高5億円以下）"
    INDIVIDUAL = "individual", "個別対応方式（消費税法30条2項1号）"
    PROPORTIONAL = "proportional", "一括比例配分方式（消費税法30条2項2号）"


# What was bought with the grant is not deducted: nothing comes back.
WITHOUT_DEDUCTION = frozenset(
    {Method.GENERAL_ACCOUNT, Method.EXEMPT, Method.SIMPLIFIED, Method.SPECIFIED_INCOME}
)
WITHOUT_RETURN = frozenset({Method.GENERAL_ACCOUNT, Method.EXEMPT})


class Correction(models.TextChoices):
    """How the recipient's return became another one (国税通則法19条, 23条, 24条)."""

    AMENDED = "amended", "修正申告"
    REASSESSED = "reassessed", "更正"


class Way(models.TextChoices):
    """What follows from a corrected report that says less."""

    DEDUCT = "deduct", "まだ命じていない返還の額から差し引く"
    LOWER = "lower", "命じた返還の額を減らす"
    REPAY = "repay", "納付された額から、国が返す"
    KEEP = "keep", "返還の額を変えない"


class Use(models.TextChoices):
    """What a purchase is for, by which 個別対応方式 deducts it."""

    TAXED_SALES = "taxed_sales", "課税売上げにだけ要するもの"
    COMMON = "common", "共通して要するもの"
    OTHER = "other", "課税売上げ以外にだけ要するもの"
