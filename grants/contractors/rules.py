"""What a contract is judged by: plain values in, reasons out. No database, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .states import CheckKind, CheckResult

# 地方自治法施行令 別表第五, その他の契約, 都道府県 (yen), by the first day on which it holds.
SMALL_CONTRACT_CEILINGS = ((date(2025, 4, 1), 2_000_000), (date(1982, 10, 1), 1_000_000))


@dataclass(frozen=True, slots=True)
class Finding:
    """One eligibility check: `result` holds from `reviewed_on` to `expires_on`, both included."""

    kind: str
    result: str
    reviewed_on: date
    expires_on: date

    def covers(self, day: date) -> bool:
        return self.reviewed_on <= day <= self.expires_on


@dataclass(frozen=True, slots=True)
class PlannedActivityTerms:
    """An activity of the plan in force, as far as a contract is concerned; amounts in yen."""

    uid: UUID
    title: str
    name: str
    may_subsidise: bool
    amounts: Mapping[str, int]

    def amount(self, delivery: str) -> int:
        return self.amounts.get(delivery, 0)


def newest(findings: Iterable[Finding], kind: str) -> Finding | None:
    """The one that counts. `findings` come oldest first, so that of one day the last one wins."""
    mine = [finding for finding in findings if finding.kind == kind]
    return max(reversed(mine), key=lambda finding: finding.reviewed_on, default=None)


def exclusion_reasons(findings: Iterable[Finding], kind: str, day: date) -> Iterator[str]:
    """Why this ground of exclusion is not ruled out on `day` (要領2(2)); nothing where it is."""
    known = list(findings)
    label = CheckKind(kind).label
    last = newest(known, kind)
    if last is None:
        yield f"「{label}」でないことを確認した記録がありません。"
    elif last.result != CheckResult.CLEAR:
        yield f"「{label}」の確認の結果が「{CheckResult(last.result).label}」です。"
    elif not any(f.covers(day) for f in known if f.kind == kind and f.result == CheckResult.CLEAR):
        yield (
            f"「{label}」でないことの確認が、{day.year}年{day.month}月{day.day}日には有効でありません。"
        )


def eligibility_reasons(findings: Iterable[Finding], day: date) -> list[str]:
    """All three grounds; an empty list lets the body be attached to a contract."""
    known = list(findings)
    return [reason for kind in CheckKind.values for reason in exclusion_reasons(known, kind, day)]


def small_contract_ceiling(day: date) -> int:
    """Yen, on the day of the contract; the body's own 規則 may be lower."""
    return next(amount for since, amount in SMALL_CONTRACT_CEILINGS if day >= since)


def months_between(first: date, last: date) -> list[date]:
    """The first days of every month that the period touches."""
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = next_month(month)
    return months


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
