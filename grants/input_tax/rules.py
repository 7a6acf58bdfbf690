"""仕入控除税額 and what of it goes back to the state. Pure: yen in, yen and steps out.

Every step that cuts below 1 yen says so; shares stay exact fractions until then. The tax is that of
the state and of the prefecture together: 10/110 of what was paid, 8/108 at the reduced rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from portal.core.money import floor_to, format_number, format_yen

from .states import WITHOUT_DEDUCTION, WITHOUT_RETURN, Method, Use, Way

PERCENTS = (10, 8)
# 消費税法30条2項, 60条4項・施行令75条3項.
FULL_SHARE = Fraction(95, 100)
FULL_SALES = 500_000_000
SPECIFIED_SHARE = Fraction(5, 100)
CUT = "１円未満切捨て"

Costs = Mapping[tuple[int, str], int]
# Last days in their order, each with the share that is deducted of a purchase up to it.
Transition = tuple[tuple[date, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Bought:
    """One purchase, in yen with its tax, within the costs of its rate and use. `number` is the
    seller's 登録番号; without one only a part of the tax is deducted, by the day of the purchase."""

    supplier: str
    number: str
    bought_on: date
    percent: int
    use: str
    amount: int


def transitional_share(transition: Transition, day: date) -> Fraction:
    """平成28年法律15号附則52条, 53条; nothing after the last day."""
    return next((share for until, share in transition if day <= until), Fraction(0))


@dataclass(frozen=True, slots=True)
class Declared:
    """What one recipient says of the year of its return; yen, empty while it was not typed.

    `cost` is what the grant paid for, `costs` the same by rate and use, `untaxed` what bore no tax.
    """

    name: str
    is_body: bool
    cost: int
    has_filed: bool | None
    method: str
    costs: Costs = field(default_factory=dict)
    untaxed: int = 0
    taxed_sales: int | None = None
    all_sales: int | None = None
    specified_income: int = 0
    purchases: tuple[Bought, ...] = ()

    @property
    def unregistered(self) -> tuple[Bought, ...]:
        """Those whose seller has no 登録番号."""
        return tuple(one for one in self.purchases if not one.number)

    @property
    def is_without_deduction(self) -> bool:
        return self.method in WITHOUT_DEDUCTION

    @property
    def divided(self) -> int:
        """Yen of the cost that were put under a rate, or said to bear no tax."""
        return sum(self.costs.values()) + self.untaxed

    @property
    def sales_share(self) -> Fraction | None:
        """課税売上割合, exact; nothing where there were no sales."""
        if not self.all_sales or self.taxed_sales is None:
            return None
        return Fraction(self.taxed_sales, self.all_sales)

    @property
    def specified_share(self) -> Fraction:
        """特定収入割合, exact."""
        whole = (self.all_sales or 0) + self.specified_income
        return Fraction(self.specified_income, whole) if whole else Fraction(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the computation: how the yen came about."""

    label: str
    how: str
    amount: int
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """`deducted` is 仕入控除税額 on what the grant paid for, `returned` what the state gets of it."""

    steps: tuple[Step, ...]
    deducted: int
    returned: int


def compute(declared: Declared, share: Fraction, transition: Transition = ()) -> Computed:
    """`share` of what was deducted is the state's: the rate of the award. `transition` is what is
    deducted of purchases from sellers without a 登録番号."""
    if declared.method in WITHOUT_DEDUCTION or not declared.method:
        how = Method(declared.method).label if declared.method else "課税方式が未入力"
        return Computed((Step("国に返す額", how, 0, True),), 0, 0)
    steps = list(_deductions(declared, transition))
    deducted = sum(step.amount for step in steps if step.decides)
    steps = [Step(one.label, one.how, one.amount) for one in steps]
    steps.append(Step("仕入控除税額", "上の控除する額の合計", deducted))
    returned = floor_to(deducted * share, 1)
    how = f"{format_number(deducted)}×{share_text(share)}、{CUT}"
    steps.append(Step("国に返す額", how, returned, True))
    return Computed(tuple(steps), deducted, returned)


def _deductions(declared: Declared, transition: Transition) -> Iterator[Step]:
    """By rate: the tax in what was paid, and how much of it is deducted (`decides`)."""
    for percent in PERCENTS:
        for label, uses, is_shared in _groups(declared, percent):
            cost = sum(declared.costs.get((percent, use), 0) for use in uses)
            if not cost:
                continue
            lines = [
                one for one in declared.unregistered if one.percent == percent and one.use in uses
            ]
            taxes = []
            rest = cost - sum(one.amount for one in lines)
            if rest > 0:
                step = _tax(label, rest, percent)
                taxes.append(Step(step.label, step.how, step.amount, not is_shared))
                yield taxes[-1]
            for one in lines:
                full = _tax(f"{label}・{one.supplier}", one.amount, percent)
                yield full
                taxes.append(_in_transition(one, full, transition, not is_shared))
                yield taxes[-1]
            if is_shared:
                yield _by_sales(declared, label, sum(one.amount for one in taxes))


def _tax(label: str, cost: int, percent: int) -> Step:
    how = f"{format_number(cost)}×{percent}／{100 + percent}、{CUT}"
    return Step(f"{label}の消費税額", how, floor_to(Fraction(cost * percent, 100 + percent), 1))


def _in_transition(one: Bought, full: Step, transition: Transition, decides: bool) -> Step:
    share = transitional_share(transition, one.bought_on)
    day = f"{one.bought_on.year}年{one.bought_on.month}月{one.bought_on.day}日"
    how = f"{format_number(full.amount)}×{share_text(share)}（登録番号なし、{day}の仕入れ）、{CUT}"
    label = f"{full.label.removesuffix('の消費税額')}の経過措置の額"
    return Step(label, how, floor_to(full.amount * share, 1), decides)


def _groups(declared: Declared, percent: int) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Label, uses, and whether the share of taxed sales limits the deduction."""
    if declared.method == Method.INDIVIDUAL:
        yield f"{percent}％・課税売上対応", (Use.TAXED_SALES,), False
        yield f"{percent}％・共通対応", (Use.COMMON,), True
    else:
        every = tuple(Use.values)
        yield f"{percent}％", every, declared.method == Method.PROPORTIONAL


def _by_sales(declared: Declared, label: str, tax: int) -> Step:
    share = declared.sales_share or Fraction(0)
    how = (
        f"{format_number(tax)}×課税売上割合（{format_number(declared.taxed_sales or 0)}／"
        f"{format_number(declared.all_sales or 0)}）、{CUT}"
    )
    return Step(f"{label}の控除する額", how, floor_to(tax * share, 1), True)


def share_text(share: Fraction) -> str:
    return f"{share.numerator:,}／{share.denominator:,}"


def state_share(which: str, rate: Fraction, fixed: int, eligible: int) -> Fraction:
    """The share of the award: its rate, or, where the programme says so, what 確定額 (yen) is of the
    eligible cost (yen), which is never above the rate."""
    if which == "rate" or not eligible:
        return rate
    return min(rate, Fraction(fixed, eligible))


def less_reasons(
    way: str, less: int, *, unordered: int, repaid: int, running: int = 0
) -> Iterator[str]:
    """`less` yen fewer go back. They are taken off what was not ordered, off orders whose payment was
    not confirmed (`running`), or given back of what was paid; never more than there is of each."""
    if way == Way.DEDUCT and less > unordered:
        yield (
            f"まだ命じていない返還の額（{format_yen(max(0, unordered))}）より、減る額（{format_yen(less)}）が"
            "多いため、差し引けません。"
        )
    if way == Way.LOWER and less > running:
        yield (
            f"納付の完了を確認していない返還命令の額（{format_yen(max(0, running))}）より、"
            f"減る額（{format_yen(less)}）が多いため、減らせません。"
        )
    if way == Way.REPAY and less > repaid:
        yield (
            f"納付された額（{format_yen(max(0, repaid))}）より、減る額（{format_yen(less)}）が多いため、"
            "返せません。"
        )


def due_day(fiscal_year: int, years: int, day: tuple[int, int]) -> date:
    """«翌々年度6月30日»: 2 years after the fiscal year; January to March belong to its end."""
    month, number = day
    return date(fiscal_year + years + (1 if month < 4 else 0), month, number)


def missing_words(one: Declared) -> Iterator[tuple[str, str]]:
    """Field and what to do, for what has to be said whatever the method."""
    if one.has_filed is None:
        yield "has_filed", "消費税の確定申告の有無を選んでください。"
    if not one.method:
        yield "method", "課税方式を選んでください。"
    if not one.method or one.method in WITHOUT_DEDUCTION - {Method.SPECIFIED_INCOME}:
        return
    if one.all_sales is None or one.taxed_sales is None:
        yield "all_sales", "課税売上高と、売上高の合計を入力してください。"
    elif one.taxed_sales > one.all_sales:
        yield "taxed_sales", "課税売上高は、売上高の合計以下にしてください。"


def against_method(one: Declared) -> Iterator[tuple[str, str]]:
    """Field and why the method cannot be the recipient's."""
    if one.method == Method.GENERAL_ACCOUNT and not one.is_body:
        yield "method", "一般会計の取扱い（消費税法60条6項）は、地方公共団体だけです。"
    if one.has_filed and one.method in WITHOUT_RETURN:
        yield (
            "has_filed",
            "この課税方式では、確定申告をしません。申告の有無か課税方式を直してください。",
        )
    if one.has_filed is False and one.method and one.method not in WITHOUT_RETURN:
        yield (
            "has_filed",
            "この課税方式では、確定申告が要ります。申告の有無か課税方式を直してください。",
        )
    if one.method == Method.SPECIFIED_INCOME and one.specified_share <= SPECIFIED_SHARE:
        yield (
            "specified_income",
            "特定収入割合が5％を超えていません。特定収入の額を確かめてください。",
        )
    if one.method in WITHOUT_DEDUCTION:
        return
    if one.method and one.specified_share > SPECIFIED_SHARE:
        yield "method", "特定収入割合が5％を超えています。課税方式を確かめてください。"
    if one.method == Method.FULL and not _deducts_whole(one):
        yield "method", "全額控除は、課税売上割合が95％以上で、課税売上高が5億円以下のときです。"


def _deducts_whole(one: Declared) -> bool:
    share = one.sales_share
    return share is not None and share >= FULL_SHARE and (one.taxed_sales or 0) <= FULL_SALES


def against_sum(one: Declared) -> Iterator[str]:
    """Where a deduction is made, every yen of the cost stands under a rate or under none."""
    if one.method in WITHOUT_DEDUCTION or not one.method or one.divided == one.cost:
        return
    more = "多く" if one.divided > one.cost else "少なく"
    yield (
        f"税率ごとの額の合計（{format_yen(one.divided)}）が、対象経費（{format_yen(one.cost)}）より"
        f"{format_yen(abs(one.divided - one.cost))}{more}なっています。"
    )


def against_purchases(one: Declared) -> Iterator[str]:
    """Purchases from sellers without a number are a part of the cost under their rate and use."""
    if one.method in WITHOUT_DEDUCTION:
        return
    for percent in PERCENTS:
        for use in Use:
            lines = [b for b in one.unregistered if (b.percent, b.use) == (percent, use.value)]
            total, cost = sum(b.amount for b in lines), one.costs.get((percent, use.value), 0)
            if total > cost:
                yield (
                    f"登録番号のない事業者からの仕入れ（{percent}％、{use.label}）の合計"
                    f"（{format_yen(total)}）を、対象経費の内訳の額（{format_yen(cost)}）以下にしてください。"
                )
