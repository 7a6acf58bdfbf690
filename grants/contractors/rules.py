"""What a contract is judged by: plain values in, reasons out. No database, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.money import format_yen

from .states import CheckKind, CheckResult, FundingStage, InvoiceKind


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
    """The platform or an activity of the plan in force, as far as a contract is concerned; amounts
    in yen."""

    uid: UUID
    type_code: str
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


def months_between(first: date, last: date) -> list[date]:
    """The first days of every month that the period touches."""
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = next_month(month)
    return months


def periods_between(first: date, last: date, length: int) -> list[tuple[date, date]]:
    """First and last month (by their first days) of each report; `length` months from April on."""
    periods: list[tuple[date, date]] = []
    for month in months_between(first, last):
        is_new = (month.month - 4) % 12 % length == 0
        if is_new or not periods:
            periods.append((month, month))
        else:
            periods[-1] = (periods[-1][0], month)
    return periods


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


# ---- Money -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlannedLineTerms:
    """One 積算内訳 of the plan in force, as far as a contract may stand for it; `amount` in yen.

    `elsewhere` is what other contracts already stand for.
    """

    uid: UUID
    activity_uid: UUID
    activity_title: str
    category_code: str
    item: str
    delivery: str
    amount: int
    elsewhere: int = 0

    @property
    def left(self) -> int:
        return max(0, self.amount - self.elsewhere)


@dataclass(frozen=True, slots=True)
class LineMoney:
    """Yen of one 積算内訳 over all concluded contracts of a body and year.

    `contracted` is what the contracts stand for (of a terminated one, only what was billed);
    `billed` is asked for and not yet judged; `payable` is 支払を決めた額, not yet paid; `paid` is
    what left the prefecture, less what came back (戻入).
    """

    contracted: int = 0
    billed: int = 0
    payable: int = 0
    paid: int = 0

    @property
    def left(self) -> int:
        """Contracted and not asked for yet."""
        return self.contracted - self.billed - self.payable - self.paid

    def __add__(self, other: LineMoney) -> LineMoney:
        return LineMoney(
            self.contracted + other.contracted,
            self.billed + other.billed,
            self.payable + other.payable,
            self.paid + other.paid,
        )


def spread(amount: int, lines: Iterable[PlannedLineTerms]) -> dict[UUID, int]:
    """A first proposal: the lines in their order, each up to what is left of it, the rest on the last.

    Σ is always `amount`, unless there is no line.
    """
    shares: dict[UUID, int] = {}
    rest, last = amount, None
    for line in lines:
        last = line.uid
        share = min(rest, line.left)
        if share:
            shares[line.uid] = share
            rest -= share
    if rest and last is not None:
        shares[last] = shares.get(last, 0) + rest
    return shares


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of an invoice beside its contract's: `before` is what other invoices ask for, `paid` what
    was paid and neither came back nor is on its way back. Yen."""

    item: str
    allocated: int
    before: int
    amount: int
    paid: int


def billing_reasons(kind: str, lines: Iterable[BilledLine]) -> Iterator[str]:
    """Why this cannot be asked for: nothing in it, or more than the contract has for a line."""
    known = list(lines)
    if not sum(line.amount for line in known):
        yield "請求額が0円です。請求する額を内訳に入力してください。"
    for line in known:
        if kind == InvoiceKind.RETURN:
            if line.amount > line.paid:
                yield (
                    f"「{line.item}」の戻入（{format_yen(line.amount)}）が、これまでに支払った額"
                    f"（{format_yen(line.paid)}）を超えています。"
                )
        elif line.before + line.amount > line.allocated:
            yield (
                f"「{line.item}」の請求の累計（{format_yen(line.before + line.amount)}）が、契約の充当額"
                f"（{format_yen(line.allocated)}）を超えています。"
            )


@dataclass(frozen=True, slots=True)
class PaymentSubject:
    """What must be known before a payment is decided; yen. `accepted` is Σ of what inspections
    found good, `decided` what was decided already and needed such an inspection."""

    kind: str
    amount: int
    accepted: int
    decided: int
    is_completed: bool
    declared: frozenset[str]
    national: tuple[str, ...]


def payment_reasons(subject: PaymentSubject) -> Iterator[str]:
    """Why it cannot be paid yet: 検査 (地方自治法234条の2) and the declarations of 要領4(3)."""
    if FundingStage.START not in subject.declared:
        yield "着手時の他の資金の申告がありません（要領4(3)）。"
    for name in subject.national:
        yield (
            f"国の補助金等「{name}」が同じ経費に充てられています（要領4(3)）。"
            "重なる額を契約から除くか、申告を確かめてください。"
        )
    if subject.kind in (InvoiceKind.PART, InvoiceKind.FINAL):
        total = subject.decided + subject.amount
        if total > subject.accepted:
            yield (
                f"支払の累計（{format_yen(total)}）が、検査で合格とした額"
                f"（{format_yen(subject.accepted)}）を超えます。検査の結果を先に記録してください。"
            )
    if subject.kind == InvoiceKind.FINAL:
        if not subject.is_completed:
            yield "完了検査の合格の記録がありません（地方自治法234条の2）。"
        if FundingStage.COMPLETION not in subject.declared:
            yield "完了時の他の資金の申告がありません（要領4(3)）。"
