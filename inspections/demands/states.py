from django.db import models


class DemandState(models.TextChoices):
    DRAFT = "draft", "下書き"
    ISSUED = "issued", "徴求中"
    CLOSED = "closed", "終了"


class ReportState(models.TextChoices):
    """Overdue is a question about two days, not a state."""

    REQUESTED = "requested", "未報告"
    ANSWERED = "answered", "報告済み"
    ASKED_AGAIN = "asked_again", "再報告待ち"
    ACCEPTED = "accepted", "確認済み"


class ExtensionState(models.TextChoices):
    ASKED = "asked", "回答待ち"
    GRANTED = "granted", "認めた"
    REFUSED = "refused", "認めない"


class Basis(models.TextChoices):
    """What the demand rests on, as it stands on the paper."""

    LAW = "law", "適正化法23条1項"
    GUIDELINE = "guideline", "要領5(1)"
    BOTH = "both", "適正化法23条1項及び要領5(1)"


# The prefecture has something to do.
OWED = frozenset({ReportState.REQUESTED, ReportState.ASKED_AGAIN})
