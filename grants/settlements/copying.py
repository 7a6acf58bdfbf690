"""The rows of a 実績報告, as the plan in force has them: made at the start, and again when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from grants.activities.api import PLATFORM
from grants.plans.api import PlanRevision, read_content

from .content import ACTIVITY
from .contracted import money_of_lines
from .models import PerformanceReport, ReportedIncome, ReportedLine, ReportedResult, ReportPart
from .recorded import recorded_figures


def copy_plan(report: PerformanceReport) -> None:
    """Adds and updates rows by their uid; what was typed stays, as it does where the plan dropped
    a row. Call inside a transaction in which the filing is locked.
    """
    award = report.award
    plan = read_content(PlanRevision.objects.with_everything().get(pk=award.revision_id))
    copy = _Copy(report)
    copy.part("basics", "事業の完了と成果")
    part = copy.part("platform", PLATFORM.short_name, PLATFORM.mark, "要領3(1)")
    copy.lines(part, plan.platform.lines)
    for activity in plan.activities:
        kind = activity.type
        key, clause = f"{ACTIVITY}{activity.uid}", f"要領{kind.clause}"
        part = copy.part(key, kind.short_name, kind.mark, clause, activity.name)
        copy.lines(part, activity.lines)
        copy.results(part, activity.indicators)
    copy.incomes(copy.part("incomes", "収入"), plan.incomes)
    copy.leave_the_rest()
    report.revision_id = award.revision_id
    report.save(update_fields=["revision"])


class _Copy:
    """Numbers the parts of one report as they come, and remembers which came."""

    def __init__(self, report: PerformanceReport) -> None:
        self.report, self.came = report, list[ReportPart]()
        self.categories = {one.code: one.name for one in report.award.programme.terms().categories}
        self.paid = money_of_lines(report.award)
        self.figures = recorded_figures(report.award)

    def part(
        self, key: str, title: str, mark: str = "", clause: str = "", name: str = ""
    ) -> ReportPart:
        """A page that somebody typed on gets a new version, so that no open copy overwrites it."""
        facts = {
            "order": len(self.came) + 1,
            "mark": mark,
            "title": title,
            "clause": clause,
            "name": name,
        }
        part, is_new = ReportPart.objects.get_or_create(report=self.report, key=key, defaults=facts)
        if not is_new:
            for field, value in facts.items():
                setattr(part, field, value)
            part.version += part.version > 1
            part.save()
        self.came.append(part)
        return part

    def lines(self, part: ReportPart, lines: Iterable[Any]) -> None:
        """Those that go through contracts begin with what the contracts' records say was paid."""
        facts, first = {}, {}
        for order, one in enumerate(lines):
            facts[one.uid] = {
                "order": order,
                "category_code": one.category_code,
                "category": self.categories.get(one.category_code, ""),
                "item": one.item,
                "delivery": one.delivery,
                "budget": one.amount or 0,
                "is_eligible": one.is_eligible,
            }
            if one.uid in self.paid:
                money = self.paid[one.uid]
                first[one.uid] = {"spent": money.paid, "expected": money.payable}
        _keep(ReportedLine, part, facts, first)

    def results(self, part: ReportPart, indicators: Iterable[Any]) -> None:
        """Begun with what the confirmed records add up to."""
        facts, first = {}, {}
        for order, one in enumerate(indicators):
            facts[one.uid] = {
                "order": order,
                "label": one.label,
                "unit": one.unit,
                "target": one.target,
            }
            first[one.uid] = {"actual": self.figures.get(one.uid)}
        _keep(ReportedResult, part, facts, first)

    def incomes(self, part: ReportPart, incomes: Iterable[Any]) -> None:
        facts = {
            one.uid: {"order": order, "label": one.label, "budget": one.amount or 0}
            for order, one in enumerate(incomes)
        }
        _keep(ReportedIncome, part, facts, {})

    def leave_the_rest(self) -> None:
        """An activity that the plan dropped goes, unless something was typed about it."""
        came = [part.pk for part in self.came]
        for part in self.report.parts.exclude(pk__in=came).order_by("order"):
            self.lines(part, ())
            self.results(part, ())
            if not (part.text or part.lines.exists() or part.results.exists()):
                part.delete()


_DROPPED: Mapping[Any, tuple[tuple[str, ...], dict[str, Any]]] = {
    ReportedLine: (("spent", "expected"), {"budget": 0}),
    ReportedResult: (("actual",), {"target": None}),
    ReportedIncome: (("amount",), {"budget": 0}),
}


def _keep(
    model: Any,
    part: ReportPart,
    facts: Mapping[UUID, dict[str, Any]],
    first: Mapping[UUID, dict[str, Any]],
) -> None:
    """`facts` are what the plan says of each row, `first` what stands in a new one."""
    typed, nothing_planned = _DROPPED[model]
    stored = {one.uid: one for one in model.objects.filter(part=part).order_by("order")}
    for uid, row in stored.items():
        if uid not in facts and not any(getattr(row, name) for name in typed):
            row.delete()
            continue
        for name, value in facts.get(uid, nothing_planned).items():
            setattr(row, name, value)
        row.save()
    model.objects.bulk_create(
        model(part=part, uid=uid, **values, **first.get(uid, {}))
        for uid, values in facts.items()
        if uid not in stored
    )
