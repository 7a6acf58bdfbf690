"""Until when a case is kept, and what speaks against its measure. Pure (公文書管理法5条, 8条; 交付要綱)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.core.dates import FiscalYear, screen_date

from .states import Measure


@dataclass(frozen=True, slots=True)
class Facts:
    """What the end of one case's keeping is computed from. `completed_on` is the day on which the
    work was done, or stopped for good; `closed_on` the day on which the last procedure ended.
    `restrictions` are days up to which something of the case binds the body, each with name and law.
    """

    fiscal_year: int
    completed_on: date | None
    closed_on: date | None
    open_procedures: tuple[str, ...] = ()
    restrictions: tuple[tuple[str, date], ...] = ()
    extended_until: date | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """One reason to keep the case, and its last day."""

    who: str
    until: date
    basis: str


@dataclass(frozen=True, slots=True)
class Kept:
    """All reasons; the case is kept to the last of them, and while a procedure is open."""

    keepings: tuple[Keeping, ...]
    open_procedures: tuple[str, ...]

    @property
    def until(self) -> date | None:
        if self.open_procedures or not self.keepings:
            return None
        return max(one.until for one in self.keepings)

    def is_over(self, today: date) -> bool:
        return self.until is not None and today > self.until


def kept(facts: Facts, *, years: int, office_years: int) -> Kept:
    """Both periods begin on the 1 April after the fiscal year that they follow."""
    if facts.closed_on is None:
        return Kept((), facts.open_procedures or ("交付の手続が終わっていません。",))
    done = facts.completed_on or FiscalYear(facts.fiscal_year).end
    keepings = [
        Keeping(
            "都道府県",
            _after(done, years),
            f"事業の完了した年度（{FiscalYear.of(done).label}）の終了後{years}年（交付の条件）",
        ),
        Keeping(
            "内閣府",
            _after(facts.closed_on, office_years),
            f"手続の終わった年度（{FiscalYear.of(facts.closed_on).label}）の終了後{office_years}年"
            "（保存期間表）",
        ),
    ]
    keepings += [Keeping("都道府県", day, name) for name, day in facts.restrictions]
    if facts.extended_until is not None:
        keepings.append(_extension(facts.extended_until))
    return Kept(tuple(keepings), facts.open_procedures)


def kept_without_award(
    ended_on: date | None,
    open_procedures: Iterable[str],
    *,
    years: int,
    extended_until: date | None = None,
) -> Kept:
    """Of an application that was declined or withdrawn: no condition binds the body to keep it."""
    if ended_on is None:
        return Kept((), tuple(open_procedures) or ("申請の手続が終わっていません。",))
    basis = (
        f"手続の終わった年度（{FiscalYear.of(ended_on).label}）の終了後{years}年"
        "（保存期間表、交付に至らなかった申請）"
    )
    keepings = [Keeping("内閣府", _after(ended_on, years), basis)]
    if extended_until is not None:
        keepings.append(_extension(extended_until))
    return Kept(tuple(keepings), tuple(open_procedures))


def _extension(until: date) -> Keeping:
    return Keeping("内閣府", until, "延長した保存期間")


def _after(day: date, years: int) -> date:
    return FiscalYear(FiscalYear.of(day) + years).end


def proposal_reasons(
    *,
    measure: str,
    reason: str,
    until: date | None,
    extend_until: date | None,
    open_procedures: Iterable[str],
    today: date,
) -> Iterator[str]:
    """An end that has not come yet is no end: nothing is proposed but to keep it longer."""
    yield from open_procedures
    if not reason.strip():
        yield "理由を入力してください。"
    if measure == Measure.EXTEND:
        if extend_until is None or extend_until <= today:
            yield "延長後の満了日は、先の日付にしてください。"
        elif until is not None and extend_until <= until:
            yield f"延長後の満了日は、今の満了日（{screen_date(until)}）より後にしてください。"
    elif until is not None and today <= until:
        yield f"保存期間は{screen_date(until)}までです。満了の後に措置を決めてください。"
