"""What a contract is judged by: plain values in, reasons out. No database, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.money import format_yen

from .states import CheckKind, CheckPaper, CheckResult, FundingStage, InvoiceKind


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


def papers_there(pledged_on: date | None, evidence: object, source: str) -> frozenset[str]:
    """What a finding rests on: a file, or where it was looked up, counts as evidence."""
    there = {CheckPaper.PLEDGE: pledged_on, CheckPaper.EVIDENCE: evidence or source.strip()}
    return frozenset(paper.value for paper, value in there.items() if value)


def papers_asked(kind: str, pledges: Iterable[str], evidence: Iterable[str]) -> frozenset[str]:
    """Of a negative finding on this ground; `pledges` and `evidence` are grounds, as the programme says."""
    asked = {CheckPaper.PLEDGE: pledges, CheckPaper.EVIDENCE: evidence}
    return frozenset(paper.value for paper, kinds in asked.items() if kind in kinds)


def papers_missing(asked: Iterable[str], there: Iterable[str]) -> list[str]:
    """In the order in which they are shown."""
    missing = set(asked) - set(there)
    return [paper for paper in CheckPaper.values if paper in missing]


def finding_reasons(kind: str, result: str, missing: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(paper, why) where the body cannot be found not excluded without that paper (要領2(2))."""
    if result != CheckResult.CLEAR:
        return
    for paper in missing:
        yield (
            paper,
            f"「{CheckKind(kind).label}」に当たらないとするには、{_DEMANDS[paper]}（要領2(2)）。",
        )


_DEMANDS: Mapping[str, str] = {
    CheckPaper.PLEDGE: "誓約書が必要です。誓約書の日付を入力してください",
    CheckPaper.EVIDENCE: "根拠が必要です。資料を添付するか、確認の出所を入力してください",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """One estimate; `amount` in yen."""

    name: str
    amount: int
    is_chosen: bool


def estimate_reasons(
    quotes: Iterable[Quote], asked: int, agreed: int, single_reason: str, dearer_reason: str
) -> Iterator[tuple[str, str]]:
    """(what is wanting, what to do); `asked` is how many bodies the programme wants, `agreed` the yen
    of the contract as it was concluded first."""
    known = list(quotes)
    if len(known) < asked and not (len(known) == 1 and single_reason):
        yield (
            f"見積書が{len(known)}者分です。{asked}者以上から取ります。",
            "見積りを追加してください。1者だけのときは、一者見積の理由を書いてください。",
        )
    if not known:
        return
    chosen = next((quote for quote in known if quote.is_chosen), None)
    if chosen is None:
        yield "契約の相手方とした見積りがありません。", "どの見積りによったかを選んでください。"
        return
    if agreed > chosen.amount:
        yield (
            f"契約額が、相手方の見積額（{format_yen(chosen.amount)}）を超えています。",
            "契約額か見積額を確かめてください。",
        )
    lowest = min(known, key=lambda quote: quote.amount)
    if lowest.amount < chosen.amount and not dearer_reason:
        yield (
            f"最も低い見積り（{lowest.name}、{format_yen(lowest.amount)}）によっていません。",
            "最も低い見積りによらない理由を書いてください。",
        )


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
                f"「{line.item}」の請求の累計（{format_yen(line.before + line.amount)}）が、充当額"
                f"（{format_yen(line.allocated)}）を超えています。"
            )


@dataclass(frozen=True, slots=True)
class PaymentSubject:
    """What must be known before a payment is decided; yen. `accepted` is Σ of what inspections
    found good, `decided` what was decided already and needed such an inspection; of a subsidy the
    fixed amount, and all that was decided less what came back."""

    kind: str
    amount: int
    accepted: int
    decided: int
    is_completed: bool
    declared: frozenset[str]
    national: tuple[str, ...]
    is_subsidy: bool = False


def counted_before(kind: str, *, is_subsidy: bool, parts: int, net: int) -> int:
    """Yen of earlier payments that count against what was found good (地方自治法234条の2).

    `parts` are the part payments, `net` all that left the prefecture, advances too, less what came
    back. The last payment and a subsidy count all of it; a part payment counts part payments, and no
    more than what did not come back.
    """
    return net if is_subsidy or kind == InvoiceKind.FINAL else min(parts, net)


def payment_reasons(subject: PaymentSubject) -> Iterator[str]:
    """Why it cannot be paid yet: 検査 (地方自治法234条の2) and the declarations of 要領4(3)."""
    if FundingStage.START not in subject.declared:
        yield "着手時の他の資金の申告がありません（要領4(3)）。"
    for name in subject.national:
        yield (
            f"国の補助金等「{name}」が同じ経費に充てられています（要領4(3)）。"
            "重なる額を契約から除くか、申告を確かめてください。"
        )
    if subject.is_subsidy:
        yield from _fixing_reasons(subject)
    elif subject.kind in (InvoiceKind.PART, InvoiceKind.FINAL):
        total = subject.decided + subject.amount
        if total > subject.accepted:
            yield (
                f"支払の累計（{format_yen(total)}）が、検査で合格とした額"
                f"（{format_yen(subject.accepted)}）を超えます。検査の結果を先に記録してください。"
            )
    if subject.kind == InvoiceKind.FINAL:
        if not subject.is_completed and not subject.is_subsidy:
            yield "完了検査の合格の記録がありません（地方自治法234条の2）。"
        if FundingStage.COMPLETION not in subject.declared:
            yield "完了時の他の資金の申告がありません（要領4(3)）。"


def _fixing_reasons(subject: PaymentSubject) -> Iterator[str]:
    """Why no last payment: nothing is fixed yet, or it would be more than was fixed."""
    if subject.kind not in (InvoiceKind.PART, InvoiceKind.FINAL):
        return
    total = subject.decided + subject.amount
    if not subject.is_completed:
        yield "額の確定の記録がありません（要領2(4)）。実績報告を審査し、額を確定してください。"
    elif total > subject.accepted:
        yield (
            f"支払の累計（{format_yen(total)}）が、確定額（{format_yen(subject.accepted)}）を超えます。"
            "超える分は、請求を減らすか戻入としてください。"
        )
