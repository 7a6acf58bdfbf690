"""When a filing may arrive. Pure: moments and terms in, reasons out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.core.dates import deadline_phrase

from .terms import Terms


def window_reasons(
    terms: Terms,
    now: datetime,
    *,
    extended_to: datetime | None = None,
    window: tuple[datetime, datetime] | None = None,
) -> Iterator[str]:
    """Why version 1 cannot be filed now (適正化法5条: 大臣が定める時期); nothing when it can.

    `window` is that of a further round of the year; without it the programme's holds.
    """
    opens, closes = window or (terms.window_opens, terms.window_closes)
    if now < opens:
        yield f"申請の受付は、{deadline_phrase(opens)}に始まります。"
    closes = max(filter(None, (closes, extended_to)))
    if now > closes:
        yield (
            f"申請の締切（{deadline_phrase(closes)}）を過ぎています。"
            "延長できるのは内閣府の制度管理者です。事情を伝えて相談してください。"
        )
