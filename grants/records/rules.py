"""Questions about a month that need nothing but plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from .states import ReportState


class Standing(StrEnum):
    """How a month stands today, for lists; keys of chips. Overdue is a question, not a state."""

    COMING = "coming"
    NOT_SUBMITTED = "not_submitted"
    OVERDUE = "overdue"
    UNCONFIRMED = "unconfirmed"
    SENT_BACK = "sent_back"
    CONFIRMED = "confirmed"


def standing(state: str, month: date, due_on: date, today: date) -> Standing:
    """`due_on` is the last day in time; the month itself must be over to be missed."""
    if state == ReportState.SUBMITTED:
        return Standing.UNCONFIRMED
    if state == ReportState.CONFIRMED:
        return Standing.CONFIRMED
    if state == ReportState.SENT_BACK:
        return Standing.SENT_BACK
    if today > due_on:
        return Standing.OVERDUE
    return Standing.NOT_SUBMITTED if today >= month else Standing.COMING


# With fewer past values than this, a range says nothing.
_ENOUGH = 4


def unusual(value: int, past: Iterable[int]) -> tuple[int, int] | None:
    """The range of past values, where this one is more than twice its top or below half its foot."""
    known = list(past)
    if len(known) < _ENOUGH:
        return None
    least, most = min(known), max(known)
    return (least, most) if value > most * 2 or value * 2 < least else None


def submission_reasons(
    *,
    is_responsible: bool,
    has_entered: bool,
    same_person_may_submit: bool,
    pending_files: int,
    month: date,
    today: date,
) -> Iterator[str]:
    """Why this person cannot submit this month now (要領2(2); the contract's own rule on persons)."""
    if not is_responsible:
        yield "提出できるのは、この契約の責任者です。"
    if has_entered and not same_person_may_submit:
        yield (
            "あなたは、この月の実績を入力しています。"
            "この契約では、入力した人と提出する責任者を分けます。別の責任者が提出してください。"
        )
    if pending_files:
        yield f"取込みの終わっていないファイルが{pending_files}件あります。取り込むか、取りやめてください。"
    if today < month:
        yield "まだ始まっていない月は、提出できません。"


def unanswered(
    problems: Iterable[Mapping[str, object]], confirmations: Mapping[str, str]
) -> list[str]:
    """Cells to confirm that have no answer yet; where a reason is asked for, an empty one is none."""
    left = []
    for problem in problems:
        if problem["level"] != "confirm":
            continue
        reason = confirmations.get(str(problem["id"]))
        if reason is None or (problem["asks_reason"] and not reason.strip()):
            left.append(str(problem["id"]))
    return left
