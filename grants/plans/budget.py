"""経費の一覧: activity × expense category, with totals at every level. Pure; integer yen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from grants.programmes.api import Terms

from .content import Line, PlanContent
from .states import Delivery


@dataclass(frozen=True, slots=True)
class Heading:
    """One 節 that occurs; an empty code stands for lines that name none yet."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """Yen. `by_category` stands in the order of the headings; `open_lines` have no amount yet."""

    section: str
    title: str
    by_category: tuple[int, ...]
    total: int
    eligible: int
    direct: int
    contract: int
    subsidy: int
    lines: int
    open_lines: int


@dataclass(frozen=True, slots=True)
class Funding:
    """Lines for which another grant of the state is declared, by its name. Yen."""

    name: str
    lines: int
    amount: int
    eligible: int


@dataclass(frozen=True, slots=True)
class Budget:
    headings: tuple[Heading, ...]
    rows: tuple[BudgetRow, ...]
    whole: BudgetRow
    funding: tuple[Funding, ...]
    income: int

    @property
    def shares(self) -> tuple[tuple[str, int, str], ...]:
        """(label, yen, per cent of what says how it is done), in the guideline's order."""
        parts = [
            ("直営", self.whole.direct),
            ("委託", self.whole.contract),
            ("補助", self.whole.subsidy),
        ]
        said = sum(amount for _, amount in parts)
        return tuple(
            (label, amount, f"{amount * 1000 // said / 10:.1f}" if said else "0.0")
            for label, amount in parts
        )


def budget(content: PlanContent, terms: Terms) -> Budget:
    groups = [
        ("platform", "地方版官民連携プラットフォーム", content.platform.lines),
        *((a.section, a.title, a.lines) for a in content.activities),
    ]
    codes = sorted({line.category_code for line in content.lines}, key=lambda c: (not c, c))
    names = {category.code: category.name for category in terms.categories}
    return Budget(
        headings=tuple(Heading(code, names.get(code, "節が未入力")) for code in codes),
        rows=tuple(_row(section, title, lines, codes) for section, title, lines in groups),
        whole=_row("", "合計", content.lines, codes),
        funding=_funding(content.lines),
        income=sum(one.amount or 0 for one in content.incomes),
    )


def _row(section: str, title: str, lines: tuple[Line, ...], codes: list[str]) -> BudgetRow:
    by_category: Counter[str] = Counter()
    by_delivery: Counter[str] = Counter()
    for line in lines:
        by_category[line.category_code] += line.amount or 0
        by_delivery[line.delivery] += line.amount or 0
    return BudgetRow(
        section=section,
        title=title,
        by_category=tuple(by_category[code] for code in codes),
        total=sum(line.amount or 0 for line in lines),
        eligible=sum(line.amount or 0 for line in lines if line.is_eligible),
        direct=by_delivery[Delivery.DIRECT],
        contract=by_delivery[Delivery.CONTRACT],
        subsidy=by_delivery[Delivery.SUBSIDY],
        lines=len(lines),
        open_lines=sum(line.amount is None for line in lines),
    )


def _funding(lines: Iterable[Line]) -> tuple[Funding, ...]:
    named: dict[str, list[Line]] = {}
    for line in lines:
        if line.other_funding == "exists":
            named.setdefault(line.other_funding_name or "名称が未入力", []).append(line)
    return tuple(
        Funding(
            name,
            len(found),
            sum(line.amount or 0 for line in found),
            sum(line.amount or 0 for line in found if line.is_eligible),
        )
        for name, found in sorted(named.items())
    )
