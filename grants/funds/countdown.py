"""What must happen next for one body before the state's accounts of a year close. Pure.

実績報告 is due first (10 April, say), the last payment on the last day of 国の歳出の支払期限 (予決令4条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grants.filings.api import FilingState

BODY, OFFICE, NOBODY = "都道府県", "内閣府", ""


@dataclass(frozen=True, slots=True)
class Place:
    """States of the filings as text, empty where there is none yet; `left` and `over` in yen.

    `carried` is the day by which the year that ended is reported on (年度終了実績報告), where the work
    was carried on and that report is still owed; `is_carried` where the work goes on. `expected_until`
    is 出納閉鎖, where the report still expects to pay: nothing is fixed before it was reported again.
    """

    report: str
    is_fixed: bool
    left: int
    over: int
    claim: str
    is_carried: bool = False
    year_end_due: date | None = None
    expected_until: date | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """`rank` counts the steps that are done; `days_left` is negative once the day is over."""

    label: str
    who: str
    rank: int
    due_on: date | None
    days_left: int | None

    @property
    def is_done(self) -> bool:
        return not self.who

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def order(self) -> tuple[bool, int, int]:
        """Worst first; what is done last."""
        return (self.is_done, self.days_left if self.days_left is not None else 9_999, self.rank)


_REPORTS = {
    FilingState.SUBMITTED: ("実績報告の審査を始める", 1),
    FilingState.UNDER_REVIEW: ("実績報告の審査を終える", 2),
    FilingState.REVIEWED: ("額を確定する", 3),
}
_CLAIMS = {
    FilingState.SUBMITTED: ("精算払の請求の審査を始める", 5),
    FilingState.UNDER_REVIEW: ("精算払の請求を認める", 6),
    FilingState.ACCEPTED: ("精算払の額を支払う", 7),
}


def next_of(place: Place, *, report_due: date, payment_day: date, today: date) -> Next:
    label, who, rank, due_on = _step(place, report_due, payment_day)
    if place.is_fixed and place.left and not place.over and today > payment_day:
        return _lapsed(place, payment_day, today)
    days = None if due_on is None else (due_on - today).days
    return Next(label, who, rank, due_on, days)


def _lapsed(place: Place, payment_day: date, today: date) -> Next:
    """予決令4条: nothing more is paid; what was paid in time may still want its record."""
    if place.claim == FilingState.ACCEPTED:
        days = (payment_day - today).days
        return Next(
            "期限までの支払を記録する（支払っていなければ不用）", OFFICE, 7, payment_day, days
        )
    return Next("支払期限が過ぎ、残りは不用になりました", NOBODY, 8, None, None)


def _step(place: Place, report_due: date, payment_day: date) -> tuple[str, str, int, date | None]:
    if place.is_fixed and place.over:
        return "返還を命ずる", OFFICE, 4, None
    if place.is_fixed and not place.left:
        return "終わりました", NOBODY, 8, None
    if place.is_fixed:
        label, rank = _CLAIMS.get(FilingState(place.claim or FilingState.DRAFT), ("", 4))
        return (
            (label, OFFICE, rank, payment_day)
            if label
            else (
                "精算払を請求する",
                BODY,
                rank,
                payment_day,
            )
        )
    label, rank = _REPORTS.get(FilingState(place.report or FilingState.DRAFT), ("", 0))
    if place.report == FilingState.UNDER_REVIEW and place.expected_until is not None:
        return "支払が済んだ後に、支払済みの額を報告する", BODY, rank, place.expected_until
    if label:
        return label, OFFICE, rank, payment_day
    if place.year_end_due is not None:
        return "年度終了の実績報告を提出する", BODY, 0, place.year_end_due
    if place.is_carried and place.report != FilingState.RETURNED:
        return "繰越し：完了した後に、実績報告を提出する", BODY, 0, report_due
    again = (
        "実績報告を直して、もう一度提出する"
        if place.report == FilingState.RETURNED
        else "実績報告を提出する"
    )
    return again, BODY, 0, report_due
