from django.db import models


class Keeper(models.TextChoices):
    PREFECTURE = "prefecture", "都道府県"
    CONTRACTOR = "contractor", "委託先"
    SUBSIDISED = "subsidised", "間接補助の団体"


class AssetState(models.TextChoices):
    HELD = "in_hand", "保有"
    DISPOSED = "disposed", "処分済み"
    STRUCK = "struck", "記載の取消し"


class Seen(models.TextChoices):
    SEEN = "seen", "現物がある"
    DAMAGED = "damaged", "損傷している"
    NOT_SEEN = "not_seen", "現物がない"


class DisposalKind(models.TextChoices):
    """適正化法22条: what needs an approval while the restriction runs."""

    DIVERT = "divert", "転用"
    TRANSFER = "transfer", "譲渡"
    EXCHANGE = "exchange", "交換"
    LEND = "lend", "貸付け"
    DEMOLISH = "demolish", "取壊し"
    DISCARD = "discard", "廃棄"
    MORTGAGE = "mortgage", "担保に供すること"


class Permission(models.TextChoices):
    """Why a disposal may be recorded."""

    APPROVED = "approved", "承認による（適正化法22条）"
    BLANKET = "blanket", "包括承認による"
    FREE = "free", "処分制限期間の経過による（施行令14条1項2号）"
