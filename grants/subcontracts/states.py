from django.db import models


class LinkState(models.TextChoices):
    DRAFT = "draft", "作成中"
    REQUESTED = "requested", "承諾待ち"
    SENT_BACK = "sent_back", "差戻し"
    CONSENTED = "consented", "承諾済み"
    REFUSED = "refused", "不承諾"
    WITHDRAWN = "withdrawn", "取下げ"
    REVOKED = "revoked", "承諾取消し"
    SUPERSEDED = "superseded", "変更済み"
    ENDED = "ended", "終了"


# With whoever asks, who may still change it.
WRITABLE = frozenset({LinkState.DRAFT, LinkState.SENT_BACK})
# Ended with the contract, whatever became of them until then.
OPEN = frozenset({*WRITABLE, LinkState.REQUESTED, LinkState.CONSENTED})


class LinkKind(models.TextChoices):
    """How the work goes on to the body below: for a price, or as a subsidy of its own (⑦⑧ alone)."""

    CONTRACT = "contract", "再委託"
    SUBSIDY = "subsidy", "再補助"


class Extent(models.TextChoices):
    """How much of an activity's contracted work goes on."""

    PART = "part", "一部"
    WHOLE = "whole", "全部"
