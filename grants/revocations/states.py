from django.db import models


class RevocationGround(models.TextChoices):
    """By which rule a decision is revoked; the codes are those of the refund that follows."""

    BODY = "revoked_body", "都道府県の違反（17条1項）"
    SUB = "revoked_sub", "間接補助の事業者の違反（17条2項）"
    CHANGED = "changed", "事情の変更（10条1項）"


class RevocationState(models.TextChoices):
    REVOKED = "revoked", "決定取消し"
    CLOSED = "closed", "終了"
