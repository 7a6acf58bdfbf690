"""Questions of days and of what was asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.core.dates import day_with_weekday

from .states import OWED

MOST_QUESTIONS = 30
# Of the acts; which of the two a demand rests on is its own field and stands on its paper.
ARTICLE = "要領5(1)（適正化法23条1項によるものを含む）"


def questions_in(text: str) -> tuple[str, ...]:
    """One question a line; empty lines are left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def is_late(state: str, due_on: date, answered_on: date | None, today: date) -> bool:
    """Reported after its day, or still owed when that day is over."""
    if state in OWED:
        return today > due_on
    return answered_on is not None and answered_on > due_on


def extension_reasons(wanted: date, *, due_on: date, today: date) -> Iterator[str]:
    """Why more time cannot be asked for until that day; nothing when it can."""
    if wanted <= due_on:
        yield f"いまの期限（{day_with_weekday(due_on)}）より後の日付にしてください。"
    elif wanted < today:
        yield "今日以後の日付にしてください。"
