"""所要額調書, columns A to I: how much may be applied for. Integer yen, one truncation.

The pattern is that of comparable grants; the rate, the unit, the base amount and the ceiling are
data of the programme. Column E (基準額) comes before the rate; the ceiling on the grant (交付額の
上限) after it. Empty means no limit, not zero. C below zero gives F and G of 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from grants.programmes.api import Terms
from portal.core.money import Rounding, floor_to, format_yen

from .content import PlanContent


@dataclass(frozen=True, slots=True)
class AmountTable:
    """Yen. `decides` is the column among C, D, E that made F; `exact` is F × rate before truncation."""

    a: int
    b: int
    c: int
    d: int
    e: int | None
    f: int
    g: int
    h: int
    i: int
    decides: str
    rate: str
    exact: str
    unit: int
    is_capped: bool


def required_amounts(content: PlanContent, terms: Terms, already_decided: int = 0) -> AmountTable:
    """`already_decided` is column H in yen: what earlier decisions of the year gave."""
    lines = content.lines
    total = sum(line.amount or 0 for line in lines)
    income = sum(one.amount or 0 for one in content.incomes)
    eligible = sum(line.amount or 0 for line in lines if line.is_eligible)
    return compute(total, income, eligible, terms, already_decided)


def compute(a: int, b: int, d: int, terms: Terms, h: int = 0) -> AmountTable:
    """The table from its three sums: A 総事業費, B 収入, D 対象経費, and H 既交付決定額 (yen)."""
    c = a - b
    candidates = {"C": c, "D": d}
    if terms.base_amount is not None:
        candidates["E"] = terms.base_amount
    decides = min(candidates, key=lambda column: (candidates[column], column))
    f = max(0, candidates[decides])
    exact = f * terms.grant_rate
    g = floor_to(exact, terms.amount_unit)
    is_capped = terms.grant_cap is not None and g > terms.grant_cap
    if terms.grant_cap is not None:
        g = min(g, terms.grant_cap)
    return AmountTable(
        a=a,
        b=b,
        c=c,
        d=d,
        e=terms.base_amount,
        f=f,
        g=g,
        h=h,
        i=max(0, g - h),
        decides=decides,
        rate=f"{terms.grant_rate.numerator}/{terms.grant_rate.denominator}",
        exact=format_yen(exact.numerator // exact.denominator),
        unit=terms.amount_unit,
        is_capped=is_capped,
    )


@dataclass(frozen=True, slots=True)
class AmountRow:
    column: str
    label: str
    how: str
    amount: int | None
    decides: bool = False


def rows(table: AmountTable) -> list[AmountRow]:
    """The table as it is shown and printed: column, what it is, how it came about, yen."""
    cap = "、交付額の上限" if table.is_capped else ""
    cut = Rounding(table.unit).label
    return [
        AmountRow("A", "総事業費", "積算内訳の合計", table.a),
        AmountRow("B", "寄附金その他の収入", "収入の合計", table.b),
        AmountRow("C", "差引額", "A−B", table.c),
        AmountRow("D", "対象経費の支出予定額", "積算内訳のうち対象", table.d),
        AmountRow("E", "基準額", "定めなし" if table.e is None else "制度の値", table.e),
        AmountRow("F", "選定額", f"C・D・Eのうち最も少ない額（{table.decides}）", table.f, True),
        AmountRow("G", "交付所要額", f"F×{table.rate}＝{table.exact}、{cut}{cap}", table.g),
        AmountRow("H", "既交付決定額", "この年度の決定の合計" if table.h else "なし", table.h),
        AmountRow("I", "今回申請額", "G−H", table.i),
    ]
