"""The register as pages, papers and files show it: what is counted down, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award
from grants.changes.api import plan_in_force
from grants.programmes.api import Programme, Terms, terms_by_year
from portal.core.dates import Period

from .models import Asset, DisposalRequest, InventoryCheck, UsefulLife
from .rules import Approval, Policy, whole_months, years_owed
from .starter import LIVES, SOURCE
from .states import AssetState


@dataclass(frozen=True, slots=True)
class Row:
    """One property on a day."""

    asset: Asset
    today: date
    day: tuple[int, int]
    checks: tuple[InventoryCheck, ...]
    approved: tuple[DisposalRequest, ...] = ()
    report_months: int = 1

    @property
    def ends_on(self) -> date:
        return self.asset.restricted.ends_on

    @property
    def is_held(self) -> bool:
        return self.asset.state == AssetState.HELD

    @property
    def is_free(self) -> bool:
        return self.asset.restricted.is_free(self.today)

    @property
    def left(self) -> str:
        """«あと3年2か月»; the last month is counted in days."""
        if self.is_free:
            return ""
        months = whole_months(self.today, self.ends_on)
        if months < 1:
            return f"あと{(self.ends_on - self.today).days}日"
        years, rest = divmod(months, 12)
        return "あと" + (f"{years}年" if years else "") + (f"{rest}か月" if rest else "")

    @property
    def last_check(self) -> InventoryCheck | None:
        return next(iter(self.checks), None)

    @property
    def owed(self) -> list[int]:
        """Fiscal years whose inventory is overdue."""
        if not self.is_held:
            return []
        checked = {check.fiscal_year for check in self.checks}
        return years_owed(self.asset.acquired_on, checked, self.today, self.day)

    @property
    def is_overdue(self) -> bool:
        return bool(self.owed)

    @property
    def awaits_report(self) -> bool:
        """A disposal was approved, and nothing was said of it since."""
        return self.is_held and bool(self.approved)

    @property
    def is_report_late(self) -> bool:
        """Counted from the day on which it was to be disposed of."""
        period = Period(months=self.report_months)
        planned = [one.planned_on for one in self.approved if one.planned_on]
        return self.is_held and any(period.last_day(day) < self.today for day in planned)


def rows_of(assets: Any) -> list[Row]:
    """A fixed number of queries, however many properties."""
    found = list(assets.for_lists())
    today = timezone.localdate()
    terms = terms_by_year({one.award.programme_id for one in found}, today)
    return [
        Row(
            one,
            today,
            terms[one.award.programme_id].inventory_day,
            tuple(one.checks.all()),
            tuple(asked for asked in one.requests.all() if asked.state == "decided"),
            terms[one.award.programme_id].disposal_report_months,
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Life:
    """One class with its years."""

    code: str
    name: str
    years: int
    source: str

    @property
    def label(self) -> str:
        return f"{self.name}　{self.years}年"


def lives_of(programme: Programme) -> list[Life]:
    """The list of the year; until it is entered, the one that every year starts with."""
    own = [
        Life(one.code, one.name, one.years, one.source)
        for one in UsefulLife.objects.filter(programme=programme)
    ]
    return own or [Life(code, name, years, SOURCE) for code, name, years in LIVES]


def policy_of(terms: Terms) -> Policy:
    return Policy(
        terms.blanket_years,
        terms.blanket_disposals,
        terms.residual_counting,
        terms.disposal_return,
    )


def approvals_on(asset: Asset) -> list[tuple[DisposalRequest, Approval]]:
    """What the Cabinet Office approved of this property's disposal."""
    requests = asset.requests.filter(filing__state="decided").select_related("filing")
    return [
        (one, Approval(one.kind, int(one.proceeds)))
        for one in requests.order_by("filing__created_at")
    ]


def is_asked_for(asset: Asset) -> bool:
    """A request to dispose of it is on its way."""
    return bool(DisposalRequest.objects.on_their_way().filter(asset=asset).exists())


def report_due(disposed_on: date, terms: Terms) -> date:
    """完了の報告: so many months from the day of the disposal."""
    return Period(months=terms.disposal_report_months).last_day(disposed_on)


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line of the award's plan that may have bought property; `limit` yen were spent on it."""

    uid: UUID
    label: str
    limit: int


def paid_lines(award: Award) -> list[PaidLine]:
    """With what was spent, less what was cut, once the report says it; before, what is planned."""
    spent = _spent(award)
    plan = plan_in_force(award)
    return [
        PaidLine(
            line.uid,
            f"{part} {line.category_code} {line.item}".strip()[:250],
            spent.get(line.uid, line.amount or 0),
        )
        for part, lines in (
            ("PF", plan.platform.lines),
            *((one.title, one.lines) for one in plan.activities),
        )
        for line in lines
    ]


def _spent(award: Award) -> dict[UUID, int]:
    """Yen by line, as the 実績報告 has it."""
    report = getattr(award, "performance", None)
    if report is None:
        return {}
    cut = {one.line_uid: int(one.cut) for one in report.filing.line_verdicts.filter(verdict="cut")}
    lines: Iterable[Any] = [
        line for part in report.parts.prefetch_related("lines") for line in part.lines.all()
    ]
    return {
        line.uid: line.spent + int(line.expected) - cut.get(line.uid, 0)
        for line in lines
        if line.spent is not None
    }
