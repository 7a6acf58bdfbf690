"""What may be carried over, and out of which year's money a payment comes. Pure; yen and days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.core.dates import FiscalYear, screen_date
from portal.core.money import format_yen

from .states import CarryKind

# 明許繰越 from the first year, and 事故繰越 of what was carried: never into a third year.
MOST_STEPS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One 積算内訳 in yen: `base` is what it has in the year that ends.

    `spent` is what was paid by that year's end, `bound` what contracts stand for and have not paid; of
    a line without one (`is_direct`), what the body committed by its own 支出負担行為 and has not paid.
    """

    uid: str
    label: str
    base: int
    spent: int
    bound: int
    national: int
    own: int
    is_eligible: bool
    is_direct: bool = False
    committed_on: date | None = None
    committed_number: str = ""

    @property
    def carried(self) -> int:
        return self.national + self.own

    @property
    def unused(self) -> int:
        """不用となる見込みの額."""
        return self.base - self.spent - self.carried


def kind_reasons(kind: str, step: int, kinds_before: Sequence[str]) -> Iterator[str]:
    """What was carried once is carried again only as 事故繰越, and only after a 明許繰越."""
    if step > MOST_STEPS or CarryKind.ACCIDENT in kinds_before:
        yield "事故繰越をした経費は、もう一度繰り越せません。"
    elif step == MOST_STEPS and kind == CarryKind.GRANTED:
        yield "一度繰り越した経費をもう一度繰り越せるのは、事故繰越のときだけです。"


def start_reasons(fiscal_year: int, kinds_before: Sequence[str], today: date) -> Iterator[str]:
    """Why no further 繰越し of an award of this year can be asked for on a day."""
    year = FiscalYear(fiscal_year + len(kinds_before))
    yield from kind_reasons("", len(kinds_before) + 1, kinds_before)
    if today > year.end:
        yield f"{year.label}は終わっています。繰越しは、年度が終わる前に申し出ます。"
    elif today < year.start:
        yield (
            f"すでに{year.label}への繰越しが承認されています。もう一度の申出は、"
            f"{screen_date(year.start)}からできます。"
        )


def day_reasons(last_day: date, from_year: int) -> Iterator[str]:
    """The work ends within the year into which its money is carried: after 31 March, never beyond
    the next."""
    year = FiscalYear(from_year).following
    if last_day < year.start:
        yield f"完了の予定の日は、{screen_date(year.start)}以後の日付にしてください。年度内に終わるときは、繰越しは要りません。"
    elif last_day > year.end:
        yield f"完了の予定の日は、{screen_date(year.end)}以前の日付にしてください。翌年度を超えて繰り越すことはできません。"


def line_reasons(line: Line, kind: str) -> Iterator[str]:
    """Never more than the line has left; as 事故繰越 only what a contract already bound, or the body's
    own 支出負担行為 (財政法42条ただし書, 地方自治法220条3項ただし書)."""
    left = max(0, line.base - line.spent)
    if line.carried > left:
        yield (
            f"{line.label}の繰り越す額（{format_yen(line.carried)}）を、残り（{format_yen(left)}）"
            "以下にしてください。"
        )
    elif kind == CarryKind.ACCIDENT and line.carried > line.bound:
        bound_by = "支出負担行為をしていて" if line.is_direct else "契約済みで"
        yield (
            f"{line.label}は、事故繰越では、{bound_by}まだ支払っていない額（{format_yen(line.bound)}）"
            "までしか繰り越せません。"
        )
    if line.national and not line.is_eligible:
        yield f"{line.label}は対象外の経費です。国費は0円にしてください。"


def commitment_reasons(line: Line, from_year: int) -> Iterator[str]:
    """A commitment of the body itself has its day, within the year that ends, and its number."""
    if not (line.is_direct and line.bound):
        return
    ends = FiscalYear(from_year).end
    if line.committed_on is None:
        yield f"{line.label}の支出負担行為の日を入力してください。"
    elif line.committed_on > ends:
        yield f"{line.label}の支出負担行為の日は、{screen_date(ends)}以前の日付にしてください。"
    if not line.committed_number.strip():
        yield f"{line.label}の支出負担行為の番号を入力してください。"


def national_limit(decided: int, planned: int, carried: int) -> int:
    """Of the amount decided, the part for the eligible cost that is carried; 1円未満切捨て.

    `planned` is the eligible cost of the plan in force, `carried` what of it is carried.
    """
    if not planned:
        return 0
    return int(decided * Fraction(min(carried, planned), planned))


def from_state(national: int, decided: int, received: int) -> int:
    """国の予算の繰越額: of the national money that is carried, what the body was not paid yet.

    The rest of it (既収入特定財源) lies with the body and is carried in its own budget alone.
    """
    return min(national, max(0, decided - received))


@dataclass(frozen=True, slots=True)
class Portion:
    """Money of one fiscal year: who may be paid out of it from one day to another, both included."""

    amount: int
    first: date
    last: date

    @property
    def year(self) -> FiscalYear:
        return FiscalYear.of(self.first)

    def is_open(self, on: date) -> bool:
        return self.first <= on <= self.last


def portions(
    decided: int, carried: Sequence[int], fiscal_year: int, payment_day: tuple[int, int]
) -> tuple[Portion, ...]:
    """The amount decided by the year whose money it is. `carried` are the yen that went on into the
    year after, then out of these into the one after that; `payment_day` is that of 予決令4条."""
    goes_on = [min(amount, decided) for amount in carried]
    stays = [
        before - after for before, after in zip([decided, *goes_on], [*goes_on, 0], strict=True)
    ]
    return tuple(
        Portion(
            amount=max(0, amount),
            first=FiscalYear(fiscal_year + n).start,
            last=date(fiscal_year + n + 1, *payment_day),
        )
        for n, amount in enumerate(stays)
    )


def spread(parts: Sequence[Portion], paid: Iterable[tuple[date, int]]) -> list[int]:
    """Yen that payments took of each portion: the oldest that is open on their day first.

    What no open portion has room for counts for the last one that has begun, so that nothing paid
    is lost from the sum.
    """
    used = [0] * len(parts)
    for day, amount in sorted(paid):
        rest = amount
        for n, part in enumerate(parts):
            if part.is_open(day):
                taken = min(rest, part.amount - used[n])
                used[n] += taken
                rest -= taken
        begun = sum(part.first <= day for part in parts) or 1
        used[begun - 1] += rest
    return used


def payable(parts: Sequence[Portion], paid: Iterable[tuple[date, int]], on: date) -> int:
    """What may be paid on a day: of the portions that are open on it, less what was taken of them."""
    used = spread(parts, paid)
    return sum(
        max(0, part.amount - taken)
        for part, taken in zip(parts, used, strict=True)
        if part.is_open(on)
    )


def closed_reasons(
    parts: Sequence[Portion], paid: Iterable[tuple[date, int]], on: date
) -> Iterator[str]:
    """What of the money is not payable on a day, and why: 財政法42条, and 予決令4条 for the last day,
    which stands also where offices are closed on it."""
    for part, taken in zip(parts, spread(parts, paid), strict=True):
        left = part.amount - taken
        if left > 0 and on > part.last:
            yield (
                f"{part.year.label}の交付金は、支払期限（{screen_date(part.last)}）を過ぎています。"
                "残りは不用となり、請求も支払もできません（財政法42条、予決令4条）。"
            )
        elif left > 0 and on < part.first:
            yield (
                f"{part.year.label}の額は、{screen_date(part.first)}から"
                "請求と支払ができます（財政法42条）。"
            )


def own_part(
    parts: Sequence[Portion], paid: Sequence[tuple[date, int]], amount: int, on: date
) -> int:
    """Of one more payment on a day, the yen that come out of the money of the award's own year."""
    return spread(parts, [*paid, (on, amount)])[0] - spread(parts, paid)[0]


def unreported_year(first: int, carried: int, told: Collection[int], now: int) -> FiscalYear | None:
    """The first year of the work that is over and that no 年度終了実績報告 tells of (14条後段).

    Fiscal years: `first` is the award's own, `now` that of today; the work was carried on for
    `carried` years more.
    """
    ended = range(first, min(first + carried + 1, now))
    return next((FiscalYear(year) for year in ended if year not in told), None)


def year_end_reasons(first: int, carried: int, told: Collection[int], now: int) -> Iterator[str]:
    """Why none can be begun; nothing where one can."""
    ended = FiscalYear(now).previous
    if unreported_year(first, carried, told, now) is not None:
        return
    if ended < first:
        yield f"{FiscalYear(first).label}は、まだ終わっていません。"
    elif ended > first + carried:
        yield f"{ended.label}に事業を行うことは、承認されていません。事故・遅延を報告してください。"
    else:
        yield f"{ended.label}の年度終了実績報告は、すでにあります。"
