"""Beginning a report, keeping what was typed, and confirming its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from grants.awards.api import Award, lock_award
from grants.conditions.api import (
    begin_report,
    correction_on_its_way,
    on_its_way,
    take_in_hand,
    tell_beginning,
)
from grants.filings.api import Filing
from portal.core.actor import Actor
from portal.core.problems import Refused

from .duties import duties_of
from .models import IncomeLine, IncomeReport
from .states import Side

_TYPED = ("uid", "side", "order", "kind", "activity", "what", "amount", "reason")


def start_report(*, actor: Actor, award: Award) -> Filing:
    """Of the earliest year that is owed: a later one is counted upon it. A second click finds the first.

    Raises Refused where nothing is asked, and while no year that is over is left.
    """
    with transaction.atomic():
        locked = lock_award(award)
        going = on_its_way(IncomeReport, locked)
        if going is not None:
            return going.filing
        years = duties_of(actor, locked)
        if not years:
            raise Refused(
                ["額が確定した後に、報告します。報告を求めない年度の交付決定もあります。"]
            )
        owed = next((one for one in years if one.is_open), None)
        if owed is None:
            coming = next((one for one in years if not one.is_over), None)
            when = f"次は、{coming.year.label}が終わった後に報告します。" if coming else ""
            raise Refused([f"いま報告する年度はありません。{when}"])
        report = begin_report(model=IncomeReport, award=locked, fiscal_year=owed.year)
        tell_beginning(actor, report)
    return report.filing


def start_correction(*, actor: Actor, report: IncomeReport) -> Filing:
    """A confirmed report was wrong: another one of the same year, which begins with its lines."""
    with transaction.atomic():
        locked = lock_award(report.award)
        going = correction_on_its_way(report, locked)
        if going is not None:
            return going.filing
        made = begin_report(
            model=IncomeReport,
            award=locked,
            corrects=report,
            fiscal_year=report.fiscal_year,
            is_nothing=report.is_nothing,
        )
        IncomeLine.objects.bulk_create(
            IncomeLine(report=made, **{name: getattr(line, name) for name in _TYPED})
            for line in report.lines.all()
        )
        tell_beginning(actor, made)
    return made.filing


def save_report(
    *,
    actor: Actor,
    report: IncomeReport,
    seen_version: int,
    is_nothing: bool,
    summary: str,
    incomes: Iterable[Mapping[str, Any]],
    costs: Iterable[Mapping[str, Any]],
) -> IncomeReport:
    """The lines in place of those that stood there. Raises Stale, and Refused once it is out of the
    writers' hands."""
    with transaction.atomic():
        locked = take_in_hand(actor=actor, report=report, seen_version=seen_version)
        locked.is_nothing, locked.summary = is_nothing, summary
        locked.save(update_fields=["is_nothing", "summary"])
        locked.lines.all().delete()
        IncomeLine.objects.bulk_create(
            IncomeLine(report=locked, side=side, order=order, **line)
            for side, lines in ((Side.INCOME, incomes), (Side.COST, costs))
            for order, line in enumerate(lines)
        )
    return locked


def confirm_figures(filing: Filing, content: Mapping[str, Any]) -> int:
    """Keeps what the sealed report comes to: income and costs of the year, and the yen that go back.
    Call inside the transition's transaction. Returns what the report adds, negative where it lowers."""
    report = IncomeReport.objects.get(filing=filing)
    report.income, report.costs = int(content["income"]), int(content["costs"])
    if report.corrects_id is None:
        report.returned = int(content["returned"])
    else:
        report.returned, report.difference = int(content["total"]), int(content["returned"])
    report.save(update_fields=["income", "costs", "returned", "difference"])
    return report.change
