"""For how long a case may be opened. Pure; days, both included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from portal.core.dates import JST, screen_date


def period_reasons(starts_on: date, ends_on: date, *, today: date, most: int) -> Iterator[str]:
    """`most` days is the programme's limit for the whole period."""
    if starts_on < today:
        yield "閲覧を始める日は、今日以後の日付にしてください。"
    yield from end_reasons(starts_on, ends_on, today=today, most=most)


def end_reasons(starts_on: date, ends_on: date, *, today: date, most: int) -> Iterator[str]:
    if ends_on < max(starts_on, today):
        yield "閲覧の最後の日は、始める日と今日より前にはできません。"
    last = starts_on + timedelta(days=most - 1)
    if ends_on > last:
        yield (
            f"閲覧の期間は、{most}日までです。最後の日を、{screen_date(last)}以前の日付にしてください。"
        )


def midnight(day: date) -> datetime:
    """The moment in Japan at which a day begins."""
    return datetime.combine(day, time.min, JST)


def end_of(day: date) -> datetime:
    """The first moment after a day in Japan: 23:59:59 is still within."""
    return midnight(day + timedelta(days=1))
