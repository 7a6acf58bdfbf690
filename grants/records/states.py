from django.db import models


class ReportState(models.TextChoices):
    OPEN = "open", "未提出"
    SUBMITTED = "submitted", "提出済み"
    SENT_BACK = "sent_back", "差戻し"
    CONFIRMED = "confirmed", "確認済み"


# States in which the contractor's people hold the month.
WITH_CONTRACTOR = frozenset({ReportState.OPEN, ReportState.SENT_BACK})


class BatchState(models.TextChoices):
    """How far an uploaded file has come: read by a worker, answered by a person, taken whole."""

    RECEIVED = "received", "読み取り中"
    READ = "read", "確認待ち"
    TAKEN = "taken", "取込み済み"
    REFUSED = "refused", "受け付けられません"
    FAILED = "failed", "読み取り失敗"
    ABANDONED = "abandoned", "取りやめ"


# Not yet at an end: the month is not submitted over their heads.
PENDING = frozenset({BatchState.RECEIVED, BatchState.READ, BatchState.FAILED})
