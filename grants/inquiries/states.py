from django.db import models


class InquiryState(models.TextChoices):
    DRAFT = "draft", "下書き"
    OPEN = "open", "照会中"
    CLOSED = "closed", "終了"


class ReplyState(models.TextChoices):
    WAITING = "waiting", "未回答"
    ANSWERED = "answered", "回答済み"
    SENT_BACK = "sent_back", "差戻し"
    ACCEPTED = "accepted", "確認済み"


# The prefecture has something to do.
OWED = frozenset({ReplyState.WAITING, ReplyState.SENT_BACK})
