from django.db import models


class VisitState(models.TextChoices):
    PLANNED = "planned", "計画中"
    NOTICED = "noticed", "通知済み"
    HELD = "held", "検査済み"
    REPORTED = "reported", "結果通知済み"
    CLOSED = "closed", "終了"


class VisitKind(models.TextChoices):
    PAPERS = "papers", "書面検査"
    ON_SITE = "on_site", "実地検査"
    UNANNOUNCED = "unannounced", "抜打検査"


class Authority(models.TextChoices):
    """Whose inspection it was. What others found is kept the same way and answered the same way."""

    CABINET_OFFICE = "cabinet_office", "内閣府"
    BOARD_OF_AUDIT = "board_of_audit", "会計検査院"
    COMMISSIONERS = "commissioners", "監査委員"


class PaperKind(models.TextChoices):
    NOTICE = "notice", "検査の通知"
    RESULT = "result", "検査の結果の通知"


class Presence(models.TextChoices):
    """Whether a document of an examined item was there; some items need none of a kind."""

    THERE = "there", "有"
    MISSING = "missing", "無"
    NOT_NEEDED = "not_needed", "不要"


class ItemResult(models.TextChoices):
    IN_ORDER = "in_order", "適"
    FOUND = "found", "指摘"


# The inspected body sees the visit from its notice on, an unannounced one from the day it was held.
KNOWN_TO_BODY = frozenset(
    {VisitState.NOTICED, VisitState.HELD, VisitState.REPORTED, VisitState.CLOSED}
)
# What was written down on the day is the body's to read once the results are issued.
RESULT_KNOWN = frozenset({VisitState.REPORTED, VisitState.CLOSED})
