"""加算金 and 延滞金 (適正化法19条, 施行令10条・11条). Pure: yen and days in, exact fractions out.

The rate is a share a year, counted on 365 days also where 29 February falls in between
(利率等の表示の年利建て移行に関する法律25条). 10.95 % makes 3/10,000 a day. Every segment stays an exact
fraction; what is below the unit is cut off once, from the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from portal.core.dates import count_days, day_with_weekday
from portal.core.money import floor_to, format_yen

from .states import Ground

DAYS_OF_A_YEAR = 365
_NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Money:
    """Yen that went one way on one day: a receipt of the grant, or a payment back."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class InterestTerms:
    """`annual` is a share (219/2000); `reduces` says which receipt a part payment reduces first."""

    annual: Fraction
    unit: int = 1
    reduces: str = "newest"

    @property
    def daily(self) -> Fraction:
        return self.annual / DAYS_OF_A_YEAR


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of the calculation: `base` yen from `first` to `last`, both days counted."""

    base: int
    first: date
    last: date
    received_on: date | None = None

    @property
    def days(self) -> int:
        return count_days(self.first, self.last)

    def exact(self, daily: Fraction) -> Fraction:
        return self.base * self.days * daily


@dataclass(frozen=True, slots=True)
class Notified:
    """Both interests as the body was told of them, in yen: from then on they are what is owed."""

    additional: int
    late: int


@dataclass(frozen=True, slots=True)
class Calculation:
    """What a refund costs up to a day: principal, both interests, what was paid towards each.

    `exempted` yen are taken off the 加算金 and the 延滞金 by decisions under 19条3項.
    """

    principal: int
    paid: int
    additional: tuple[Segment, ...]
    late: tuple[Segment, ...]
    terms: InterestTerms
    exempted_additional: int = 0
    exempted_late: int = 0
    notified: Notified | None = None

    @property
    def principal_left(self) -> int:
        return max(0, self.principal - self.paid)

    @property
    def additional_exact(self) -> Fraction:
        return _sum(self.additional, self.terms)

    @property
    def late_exact(self) -> Fraction:
        return _sum(self.late, self.terms)

    @property
    def additional_counted(self) -> int:
        """Before any exemption."""
        return floor_to(self.additional_exact, self.terms.unit)

    @property
    def late_counted(self) -> int:
        return floor_to(self.late_exact, self.terms.unit)

    @property
    def additional_yen(self) -> int:
        if self.notified is not None:
            return self.notified.additional
        return max(0, self.additional_counted - self.exempted_additional)

    @property
    def late_yen(self) -> int:
        if self.notified is not None:
            return self.notified.late
        return max(0, self.late_counted - self.exempted_late)

    @property
    def total(self) -> int:
        return self.principal + self.additional_yen + self.late_yen

    @property
    def left(self) -> int:
        return max(0, self.total - self.paid)

    @property
    def overpaid(self) -> int:
        return max(0, self.paid - self.total)


def carries_interest(ground: str) -> bool:
    """加算金 follows a revocation under 17条1項 alone; 延滞金 follows every order (19条1項, 2項)."""
    return ground == Ground.REVOKED_BODY


def act_of(ground: str) -> str:
    """Income was no part of what was received: it is paid, not paid back."""
    return "納付" if ground == Ground.INCOME else "返還"


ARTICLE: dict[str, str] = {
    Ground.OVERPAID: "適正化法18条2項",
    Ground.REVOKED_BODY: "適正化法18条1項",
    Ground.REVOKED_SUB: "適正化法18条1項",
    Ground.CHANGED: "適正化法18条1項",
    Ground.INPUT_TAX: "適正化法7条3項（交付の条件）",
    Ground.INCOME: "適正化法7条2項（交付の条件）",
    Ground.DISPOSAL: "適正化法22条（承認の条件）",
}


def calculate(
    refund: int,
    *,
    ground: str,
    receipts: Iterable[Money],
    repayments: Iterable[Money],
    due_on: date,
    until: date,
    terms: InterestTerms,
) -> Calculation:
    """`until` is the day to which what is still unpaid is counted.

    Raises ValueError where more is asked back than was received, or money came back before it went.
    """
    back = _by_day(repayments)
    principal = _towards_principal(refund, back)
    return Calculation(
        principal=refund,
        paid=sum(one.amount for one in back),
        additional=tuple(additional_segments(refund, receipts, principal, terms, until))
        if carries_interest(ground)
        else (),
        late=tuple(late_segments(refund, principal, due_on, until)),
        terms=terms,
    )


def tranches(refund: int, receipts: Iterable[Money]) -> tuple[Money, ...]:
    """On which days the refunded yen were received: the last receipt first (施行令10条1項).

    Raises ValueError where more is asked back than was received.
    """
    left, found = refund, []
    for receipt in reversed(_by_day(receipts)):
        part = min(left, receipt.amount)
        if part:
            found.append(Money(receipt.on, part))
        left -= part
    if left:
        raise ValueError(f"受領した額を{format_yen(left)}超えて、返還を求めています。")
    return tuple(found)


def additional_segments(
    refund: int,
    receipts: Iterable[Money],
    principal: Iterable[Money],
    terms: InterestTerms,
    until: date,
) -> Iterator[Segment]:
    """From the day of receipt to the day of payment, both counted; then on what is left (19条1項).

    `principal` are payments by day that do not exceed the refund together.
    """
    parts = tranches(refund, receipts)
    ordered = parts if terms.reduces == "newest" else tuple(reversed(parts))
    left = {part.on: part.amount for part in ordered}
    start = {part.on: part.on for part in ordered}
    for payment in principal:
        yield from _up_to(payment.on, left, start)
        _reduce(left, payment.amount)
    if any(left.values()) and until >= max(start.values()):
        yield from _up_to(until, left, start)


def late_segments(
    refund: int, principal: Iterable[Money], due_on: date, until: date
) -> Iterator[Segment]:
    """From the day after the due day to the day of payment (19条2項); a part payment lowers the
    base from the day after it (施行令11条)."""
    left, first = refund, due_on + _NEXT
    for payment in principal:
        if payment.on >= first:
            yield Segment(left, first, payment.on)
            first = payment.on + _NEXT
        left -= payment.amount
    if left and until >= first:
        yield Segment(left, first, until)


def _up_to(day: date, left: dict[date, int], start: dict[date, date]) -> Iterator[Segment]:
    for received_on, amount in left.items():
        if not amount:
            continue
        if day < start[received_on]:
            raise ValueError("受領した日より前の納付があります。日付を確認してください。")
        yield Segment(amount, start[received_on], day, received_on)
        start[received_on] = day + _NEXT


def _reduce(left: dict[date, int], amount: int) -> None:
    for received_on, owed in left.items():
        part = min(amount, owed)
        left[received_on] = owed - part
        amount -= part


def paid_whole_on(refund: int, repayments: Iterable[Money]) -> date:
    """The day of the payment with which the refund was whole. Call it where it is."""
    return _towards_principal(refund, _by_day(repayments))[-1].on


def _towards_principal(refund: int, back: Iterable[Money]) -> list[Money]:
    """Until the refund is paid, every payment goes to it first (施行令10条2項)."""
    left, found = refund, []
    for payment in back:
        part = min(left, payment.amount)
        if part:
            found.append(Money(payment.on, part))
        left -= part
    return found


def _by_day(moves: Iterable[Money]) -> list[Money]:
    """In the order of days, one sum a day: what came twice on a day came once."""
    days: dict[date, int] = {}
    for move in moves:
        if move.amount < 0:
            raise ValueError("金額は、0円以上にしてください。")
        days[move.on] = days.get(move.on, 0) + move.amount
    return [Money(day, days[day]) for day in sorted(days)]


def _sum(segments: Iterable[Segment], terms: InterestTerms) -> Fraction:
    return sum((one.exact(terms.daily) for one in segments), Fraction(0))


def lowering_reasons(
    less: int, *, due: int, is_beside: bool, is_notified: bool, reason: str
) -> Iterator[str]:
    """Why an order of `due` yen cannot be lowered by so many; nothing when it can."""
    if not is_beside:
        yield "確定額や取消しによる返還命令は、ここでは減らせません。"
    if is_notified:
        yield "加算金・延滞金を通知した後は、返還命令を減らせません。納付された額から返してください。"
    if less < 1:
        yield "減らす額は、1円以上にしてください。"
    elif less > due:
        yield f"減らす額は、返還額（{format_yen(due)}）以下にしてください。"
    if not reason.strip():
        yield "返還額を減らす理由を入力してください。"


def spread_less(less: int, dues: Iterable[int]) -> list[int]:
    """How many yen are taken off each of several orders, the first of them first.

    Raises ValueError where they come to less than that.
    """
    left, found = less, []
    for due in dues:
        part = min(left, due)
        found.append(part)
        left -= part
    if left:
        raise ValueError(f"命じた額より{format_yen(left)}多く減らそうとしています。")
    return found


def order_reasons(
    amount: int,
    *,
    received: int,
    received_on: date,
    ordered_before: int,
    ordered_on: date,
    due_on: date,
    reason: str,
) -> Iterator[str]:
    """Why a refund of this many yen cannot be ordered (適正化法18条); nothing when it can.

    `received_on` is the day of the last receipt.
    """
    left = received - ordered_before
    if amount <= 0:
        yield "返還額は、1円以上にしてください。"
    if amount > left:
        yield f"返還額は、受領済みで返還を命じていない額（{format_yen(left)}）以下にしてください。"
    if ordered_on < received_on:
        yield f"命令の日は、最後の受領の日（{day_with_weekday(received_on)}）以後にしてください。"
    if due_on <= ordered_on:
        yield "納期日は、命令の日より後の日付にしてください。"
    if not reason.strip():
        yield "返還を命ずる理由を入力してください。"
