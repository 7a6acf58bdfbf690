from django.db import models


class FilingState(models.TextChoices):
    DRAFT = "draft", "下書き"
    AWAITING_APPROVAL = "awaiting_approval", "決裁待ち"
    SUBMITTED = "submitted", "提出済み"
    UNDER_REVIEW = "under_review", "審査中"
    RETURNED = "returned", "差戻し"
    REVIEWED = "reviewed", "審査済み"
    ACCEPTED = "accepted", "確認済み"
    DECIDED = "decided", "決定"
    DECLINED = "declined", "不交付・不承認"
    WITHDRAWN = "withdrawn", "取下げ"


class ItemState(models.TextChoices):
    OPEN = "open", "未回答"
    ANSWERED = "answered", "回答済み"
    RESOLVED = "resolved", "了"


class Verdict(models.TextChoices):
    """A reviewer's answer to one requirement of the checklist."""

    YES = "yes", "適"
    NO = "no", "否"
    OPEN = "open", "未"


class Route(models.TextChoices):
    """How the filing office decided on what it filed."""

    PORTAL = "portal", "ポータルで決裁"
    OWN = "own", "庁内決裁済み"


# States in which the writers hold the filing.
WITH_WRITERS = frozenset({FilingState.DRAFT, FilingState.RETURNED})
# Nothing more is done about it.
CLOSED = frozenset({FilingState.DECIDED, FilingState.DECLINED, FilingState.WITHDRAWN})
# States in which the Cabinet Office holds it.
WITH_REVIEWERS = frozenset({FilingState.SUBMITTED, FilingState.UNDER_REVIEW, FilingState.REVIEWED})
