"""How much a key has asked for, counted in PostgreSQL in a row of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.audit.api import Visibility, record
from portal.core.actor import Actor

from .models import AccessKey, KeyUse
from .rules import Limit, Use, charge


class TooMuch(Exception):
    """HTTP 429: `seconds` until the key may ask again."""

    def __init__(self, reason: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"{reason}{seconds}秒たってから、もう一度送ってください。")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a key has used of its limit, for its page."""

    limit: Limit
    use: Use

    @property
    def is_full(self) -> bool:
        return bool(self.use.refused)


def limit_of_keys() -> Limit:
    return Limit(**settings.API_LIMIT)


def spend(key: AccessKey, actor: Actor, *, requests: int = 0, rows: int = 0) -> None:
    """Counts a request, or the rows of one, in a transaction of its own. Raises TooMuch.

    The first refusal of a window becomes an Event; those after it are only counted.
    """
    limit, now = limit_of_keys(), timezone.now()
    window = limit.window(now)
    with transaction.atomic():
        KeyUse.objects.get_or_create(key=key, defaults={"window": window})
        row = KeyUse.objects.select_for_update().get(key=key)
        use, reason = charge(row.amounts.at(window), limit, requests=requests, rows=rows)
        row.window, row.requests, row.rows, row.refused = (
            use.window,
            use.requests,
            use.rows,
            use.refused,
        )
        row.save()
        if reason and use.refused == 1:
            record(
                actor,
                "connections.limit",
                "接続キーの利用の上限を超える",
                key,
                case_id=key.contract.case_id,
                data={"said": {"名前": key.label, "上限": reason}},
                visibility=Visibility.ORGANISATION,
            )
    if reason:
        raise TooMuch(reason, limit.seconds_left(now))


def standing_of(key: AccessKey) -> Standing:
    """Of the window of this moment. `key` comes with its `use`, where there is one."""
    limit, now = limit_of_keys(), timezone.now()
    window = limit.window(now)
    kept = getattr(key, "use", None)
    return Standing(limit, kept.amounts.at(window) if kept else Use(window))
