"""Papers begin with what the months say: only what was confirmed, nothing guessed, each source named."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.contractors.api import Contract, Invoice, LineShare, allocate
from grants.contractors.measuring import Measure, measures_of, named_by_unit, work_between
from grants.contractors.models import ContractLine
from grants.records.api import PeriodReport
from portal.audit.models import Event
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants.contractors.test_papers import words_of
from tests.grants.contracts import Deal, Pair, pair_of
from tests.grants.records.test_months import record_of, submit
from tests.world import client_of

SEPTEMBER, OCTOBER = date(2024, 9, 1), date(2024, 10, 1)


def by_unit(deal: Deal, unit: str = "回") -> Contract:
    contract = deal.prepare(deal.checked(deal.contractor()), settlement="unit")
    shares = {
        line.line_uid: LineShare(line.amount, unit, 1_000) for line in contract.lines.order_by("pk")
    }
    allocate(actor=deal.drafter(), contract=contract, seen_version=contract.version, shares=shares)
    contract.refresh_from_db()
    return deal.conclude(contract)


def confirmed(deal: Deal, pair: Pair, contract: Contract, month: date) -> PeriodReport:
    """One record of one session with 12 people."""
    report = deal.month(contract, month)
    record_of(pair.recorder, report)
    submit(report, pair.responsible)
    return perform(PeriodReport, report.pk, "confirm", deal.drafter(), data={"note": ""}).subject


@pytest.fixture
def contract(deal: Deal) -> Contract:
    return by_unit(deal)


@pytest.fixture
def pair(deal: Deal, contract: Contract) -> Pair:
    return pair_of(deal, contract)


def measure(contract: Contract, field: str) -> str:
    return next(one.key for one in measures_of(contract) if one.key.endswith(f":{field}"))


def typed_invoice(contract: Contract, **given: Any) -> dict[str, Any]:
    return {
        "kind": "part",
        "billed_on": "2024-11-01",
        "covers_from": "2024-09-01",
        "covers_until": "2024-10-01",
    } | given


def first_line(contract: Contract) -> ContractLine:
    return contract.lines.order_by("pk")[0]


def test_months_add_up_and_the_unconfirmed_are_named(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    confirmed(deal, pair, contract, SEPTEMBER)
    open_month = deal.month(contract, OCTOBER)
    record_of(pair.recorder, open_month)
    (work,) = work_between(contract, SEPTEMBER, OCTOBER)
    assert work.months == ("令和6年9月分",)
    assert [month.url for month in work.waiting] == [open_month.get_absolute_url()]
    assert work.totals[measure(contract, "attend_total")] == 12
    assert work.totals[measure(contract, "sessions")] == 1
    assert work.totals[measure(contract, "records")] == 1
    assert "12人" in dict(work.figures).values()
    before = work_between(contract, date(2024, 6, 1), date(2024, 8, 1))
    assert [(one.totals, one.figures) for one in before] == [({}, ())]


def test_what_stands_on_a_day_and_means_are_not_added_up(contract: Contract) -> None:
    keys = {one.key.rpartition(":")[2] for one in measures_of(contract)}
    assert {"attend_total", "sessions", "consultations", "staff_days", "records"} <= keys
    assert not {"attend_average", "held_on", "note", "venue"} & keys


MEASURES = (
    Measure("a:sessions", "回数（回）", ("回数", "開催回数"), "⑦"),
    Measure("a:total", "参加者（延）（人）", ("参加者（延）", "参加者"), "⑦"),
    Measure("b:total", "参加者（人）", ("参加者",), "④"),
)


@pytest.mark.parametrize(
    ("unit", "key"),
    [("開催回数", "a:sessions"), ("回数", "a:sessions"), ("回", ""), ("参加者", ""), ("", "")],
    ids=["an alias", "a label", "only the unit", "two activities", "no unit"],
)
def test_a_unit_names_a_field_or_nothing_is_chosen(unit: str, key: str) -> None:
    assert named_by_unit(ContractLine(unit=unit), MEASURES) == key


def test_an_invoice_proposes_what_the_confirmed_months_say(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    confirmed(deal, pair, contract, SEPTEMBER)
    line, client = first_line(contract), pair.responsibles_client
    url = reverse("contractors:bill", args=[contract.pk])
    typed = typed_invoice(contract) | {"propose": "1"}
    unnamed = client.post(url, typed)
    assert unnamed.status_code == HTTPStatus.OK
    assert "実績を決めていません" in unnamed.content.decode()
    assert not unnamed.context["form"][f"line_{line.pk}"].value()
    typed |= {f"measure_{line.pk}": measure(contract, "attend_total")}
    page = client.post(url, typed)
    assert page.context["form"][f"line_{line.pk}"].value() == "12"
    assert "令和6年10月分（未提出）" in page.content.decode()
    kept = client.post(url, typed | {f"line_{line.pk}": "15"})
    assert kept.context["form"][f"line_{line.pk}"].value() == "15"
    assert "入力との差 ＋3" in kept.content.decode()
    assert not Invoice.objects.exists()
    assert not ContractLine.objects.exclude(measure="").exists()


def test_the_measure_is_remembered_and_both_sides_see_the_difference(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    confirmed(deal, pair, contract, SEPTEMBER)
    line, client = first_line(contract), pair.responsibles_client
    url = reverse("contractors:bill", args=[contract.pk])
    chosen = measure(contract, "attend_total")
    typed = typed_invoice(contract) | {f"measure_{line.pk}": chosen, f"line_{line.pk}": "15"}
    assert client.post(url, typed).status_code == HTTPStatus.FOUND
    invoice = Invoice.objects.get()
    assert (invoice.covers_from, invoice.covers_until) == (SEPTEMBER, OCTOBER)
    assert client.get(url).context["form"][f"measure_{line.pk}"].value() == chosen
    assert Event.objects.filter(verb="contractors.measure").count() == 1
    perform(Invoice, invoice.pk, "bill", pair.responsible)
    for side in (client, client_of(deal.drafter())):
        assert "請求との差 ＋3" in side.get(invoice.get_absolute_url()).content.decode()
    drain()
    paper = contract.papers.get()
    assert "令和6年9月から令和6年10月まで" in words_of(paper, client)


@pytest.mark.parametrize(
    "given",
    [
        {"covers_until": ""},
        {"covers_from": "2024-10-01", "covers_until": "2024-09-01"},
        {"covers_from": "2025-03-01", "covers_until": "2025-03-01"},
    ],
    ids=["one of the two", "the wrong way round", "not begun"],
)
def test_months_that_cannot_be_billed(
    contract: Contract, pair: Pair, given: dict[str, str]
) -> None:
    typed = typed_invoice(contract) | {f"line_{first_line(contract).pk}": "1"} | given
    answer = pair.responsibles_client.post(reverse("contractors:bill", args=[contract.pk]), typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Invoice.objects.exists()


def test_a_number_of_another_contract_is_not_chosen(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    other = measure(contract, "attend_total").replace("-", "0")
    typed = typed_invoice(contract) | {f"measure_{first_line(contract).pk}": other}
    url = reverse("contractors:bill", args=[contract.pk])
    assert pair.responsibles_client.post(url, typed).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_fixed_price_knows_no_months(deal: Deal) -> None:
    contract = deal.concluded()
    page = pair_of(deal, contract).responsibles_client.get(
        reverse("contractors:bill", args=[contract.pk])
    )
    assert "請求する月" not in page.content.decode()


def test_a_completion_carries_the_confirmed_months(
    deal: Deal, contract: Contract, pair: Pair
) -> None:
    confirmed(deal, pair, contract, SEPTEMBER)
    url = reverse("contractors:completion", args=[contract.pk])
    page = pair.responsibles_client.get(url).content.decode()
    assert "確認済みの月報1件" in page
    assert "令和6年10月分（未提出）" in page
    typed = {"completed_on": "R6.11.4", "summary": "計画のとおり行った。", "deliverables": ""}
    assert pair.responsibles_client.post(url, typed).status_code == HTTPStatus.FOUND
    drain()
    paper = contract.papers.get()
    assert paper.content["work"][0]["months"] == ["令和6年9月分"]
    words = words_of(paper, pair.responsibles_client)
    assert "12人" in words
    assert "計画のとおり行った" in words
    assert "令和6年10月分" in words


def test_months_cost_the_same_at_3_and_at_8(deal: Deal, contract: Contract, pair: Pair) -> None:
    asked = []
    for months in ((4, 5, 6), (7, 8, 9)):
        for month in months:
            confirmed(deal, pair, contract, date(2024, month, 1))
        with CaptureQueriesContext(connection) as queries:
            work_between(contract, date(2024, 4, 1), date(2025, 3, 1))
        asked.append(len(queries))
    assert asked[0] == asked[1]
