"""Years after completion with what they brought in; for the tests of several rooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing
from grants.income.api import IncomeReport, duties, save_report, start_report
from grants.programmes.services import set_value
from grants.refunds.api import RefundOrder, order_refund
from grants.settlements.api import Settlement
from portal.access.api import Role
from portal.core.dates import FiscalYear
from tests.grants import closing
from tests.world import World

ALL = {"income_deducted": "", "income_share": "rate"}


def ask(world: World, **values: str) -> None:
    """Values of the programme from today on."""
    for key, text in values.items():
        set_value(
            actor=world.actor(Role.PROGRAMME_MANAGER),
            programme=world.programme,
            key=key,
            text=text,
            source="交付要綱",
            effective_from=timezone.localdate(),
        )


def fix(world: World, award: Award, **given: Any) -> Settlement:
    closing.pay(world, award)
    return closing.settled(world, award, **given)[1]


@contextmanager
def after(award: Award, years: int = 1) -> Iterator[None]:
    """The second day of April, so many years after the one of completion ended, in office hours."""
    year = FiscalYear(award.programme.fiscal_year) + years
    with time_machine.travel(f"{date(year + 1, 4, 2)} 10:00+09:00", tick=False):
        yield


def line(amount: int, **changed: Any) -> dict[str, Any]:
    """A fee that was taken, without a file."""
    given = {"kind": "participation", "activity": "04", "what": "講座の参加料"}
    return {**given, "amount": amount, **changed}


def cost(amount: int, **changed: Any) -> dict[str, Any]:
    given = {"activity": "04", "what": "講座の材料", "reason": "講座のために買った。"}
    return {**given, "amount": amount, **changed}


def save(
    world: World, filing: Filing, incomes: list[int], costs: list[int], summary: str = ""
) -> Filing:
    report = IncomeReport.objects.get(filing=filing)
    save_report(
        actor=world.actor(Role.DRAFTER, filing.grantee),
        report=report,
        seen_version=report.version,
        is_nothing=not incomes,
        summary=summary,
        incomes=[line(amount) for amount in incomes],
        costs=[cost(amount) for amount in costs],
    )
    return filing


def write(
    world: World, award: Award, incomes: list[int] | None = None, costs: list[int] | None = None
) -> Filing:
    """Of the next year that is owed; nothing came in unless amounts are given."""
    filing = start_report(actor=world.actor(Role.DRAFTER, award.grantee), award=award)
    return save(world, filing, incomes or [], costs or [])


def confirm(world: World, filing: Filing) -> IncomeReport:
    reviewer = world.actor(Role.REVIEWER)
    filing = world.submit(filing)
    world.act(filing, "begin_review", reviewer, no_conflict=True)
    world.act(filing, "accept", reviewer)
    return IncomeReport.objects.select_related("award", "filing").get(filing=filing)


def years(world: World, award: Award) -> list[Any]:
    return duties(world.actor(Role.REVIEWER), Award.objects.filter(pk=award.pk))


def order(world: World, award: Award, key: str) -> RefundOrder:
    numbered = world.numbered()
    return order_refund(
        actor=world.actor(Role.DECIDER),
        award=award,
        claim_key=key,
        due_on=timezone.localdate() + timedelta(days=20),
        reason="収益状況の報告のため。",
        number=numbered["document_number"],
        issued_on=numbered["issued_on"],
    )
