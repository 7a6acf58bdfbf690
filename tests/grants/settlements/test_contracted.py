"""What a report takes from the contracts' own records instead of asking for it again."""

from __future__ import annotations

from datetime import date

import pytest

from grants.settlements.api import PerformanceReport, start_report
from tests.grants.contractors.test_money import accept_work, billed, declare, pay
from tests.grants.contracts import Deal, pair_of
from tests.world import client_of

pytestmark = pytest.mark.django_db


def test_14_a_line_begins_with_what_its_contracts_were_paid(deal: Deal) -> None:
    """Paid is 支出済額, 支払を決めた額 is 支払見込額; a line without a contract begins empty."""
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    first = billed(pair, contract, 300_000)
    accept_work(deal, contract, 300_000)
    declare(deal, contract, "start")
    pay(deal, first, date(2024, 11, 5))
    uid = contract.lines.order_by("pk")[0].line_uid

    filing = start_report(actor=deal.drafter(), award=deal.award)
    report = PerformanceReport.objects.get(filing=filing)
    lines = [line for part in report.parts.all() for line in part.lines.all()]
    (contracted,) = [line for line in lines if line.uid == uid]
    assert (contracted.spent, contracted.expected) == (300_000, 0)
    named = set(contract.lines.values_list("line_uid", flat=True))
    assert {line.spent for line in lines if line.uid not in named} == {None}

    page = client_of(deal.drafter()).get(contracted.part.get_absolute_url()).content.decode()
    assert "契約の記録では 300,000" in page
