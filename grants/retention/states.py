from django.db import models


class Measure(models.TextChoices):
    """満了時措置 (公文書管理法5条5項)."""

    DISPOSE = "dispose", "廃棄"
    TRANSFER = "transfer", "移管"
    EXTEND = "extend", "保存期間の延長"


class DisposalState(models.TextChoices):
    PROPOSED = "proposed", "承認待ち"
    REJECTED = "rejected", "承認しない"
    EXTENDED = "extended", "延長"
    REMOVING = "removing", "廃棄中"
    REMOVED = "removed", "措置済み"


OPEN = frozenset({DisposalState.PROPOSED, DisposalState.REMOVING})
