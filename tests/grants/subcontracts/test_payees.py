"""支払先の内訳: what of an invoice was paid on, from the line through the contract to the link."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse

from grants.contractors.api import Invoice, LineClaim, write_invoice
from grants.subcontracts.api import PaidOn, Payee, Subcontract, tell_payees
from portal.core.problems import Refused
from portal.workflow.api import perform
from tests.grants.contracts import pair_of
from tests.grants.subcontracts.conftest import Links
from tests.world import client_of


@pytest.fixture
def link(links: Links) -> Subcontract:
    return links.consented(amount=300_000)


def billed(links: Links, amount: int = 500_000) -> Invoice:
    line = links.contract.lines.order_by("pk")[0]
    actor = links.pair.responsible
    invoice = write_invoice(
        actor=actor,
        contract=links.contract,
        values={"kind": "advance", "billed_on": date(2024, 11, 5)},
        claims={line.pk: LineClaim(amount)},
    )
    perform(Invoice, invoice.pk, "bill", actor)
    return invoice


def rows(*given: dict[str, Any]) -> dict[str, Any]:
    """As the table of the page sends them."""
    found: dict[str, Any] = {
        "payees-TOTAL_FORMS": len(given),
        "payees-INITIAL_FORMS": 0,
        "payees-MIN_NUM_FORMS": 0,
        "payees-MAX_NUM_FORMS": 60,
    }
    for number, row in enumerate(given):
        found |= {f"payees-{number}-{name}": value for name, value in row.items()}
    return found


def test_the_responsible_tells_and_everybody_follows_the_money(
    links: Links, link: Subcontract
) -> None:
    invoice = billed(links)
    url = reverse("subcontracts:payees", args=[invoice.pk])
    row = {"line": str(links.line), "paid_on": "R6.11.5", "name": ""}
    client = links.pair.responsibles_client
    assert client.get(url).status_code == HTTPStatus.OK
    sent = rows(
        row | {"body": str(link.pk), "amount": "200,000"},
        row | {"body": "new", "name": "だれかの会社", "amount": "50,000"},
    )
    answer = client.post(url, sent)
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    assert Payee.objects.without_consent().get().name == "だれかの会社"
    office = client_of(links.drafter)
    for address in (
        invoice.get_absolute_url(),
        reverse("contractors:line", args=[links.contract.award_id, links.line]),
    ):
        page = office.get(address).content.decode()
        assert "株式会社はぐるま" in page
        assert "承諾なし" in page
    assert "200,000円" in office.get(link.get_absolute_url()).content.decode()
    assert "支払 200,000円" in office.get(links.contract.get_absolute_url()).content.decode()
    assert client.get(url).content.decode().count("だれかの会社") == 1


def test_no_more_is_told_than_was_billed_or_consented_to(links: Links, link: Subcontract) -> None:
    actor = links.pair.responsible

    def told(invoice: Invoice, amount: int) -> None:
        paid = PaidOn(link, "", links.line, amount, date(2024, 11, 5))
        tell_payees(actor=actor, invoice=invoice, rows=[paid])

    first, second = billed(links, 250_000), billed(links, 250_000)
    with pytest.raises(Refused, match="この請求の額"):
        told(first, 250_001)
    told(first, 250_000)
    with pytest.raises(Refused, match="承諾した額"):
        told(second, 50_001)
    told(second, 50_000)
    told(second, 40_000)
    assert sum(Payee.objects.values_list("amount", flat=True)) == 290_000, "told anew, not added"


def test_what_was_paid_under_the_consent_before_a_change_still_counts(
    links: Links, link: Subcontract
) -> None:
    actor = links.pair.responsible
    paid = PaidOn(link, "", links.line, 200_000, date(2024, 11, 5))
    tell_payees(actor=actor, invoice=billed(links), rows=[paid])
    changed = links.consent(
        links.asked(link.contractor, amount=250_000, replaces=link), "6福第14号"
    )
    more = PaidOn(changed, "", links.line, 50_001, date(2024, 11, 5))
    with pytest.raises(Refused, match="承諾した額"):
        tell_payees(actor=actor, invoice=billed(links), rows=[more])


def test_what_was_paid_before_the_consent_is_marked(links: Links, link: Subcontract) -> None:
    paid = PaidOn(link, "", links.line, 10_000, date(2024, 11, 4))
    tell_payees(actor=links.pair.responsible, invoice=billed(links), rows=[paid])
    assert Payee.objects.without_consent().count() == 1


def test_a_row_says_to_whom(links: Links, link: Subcontract) -> None:
    url = reverse("subcontracts:payees", args=[billed(links).pk])
    row = {"line": str(links.line), "paid_on": "R6.11.5", "amount": "1"}
    nameless = links.pair.responsibles_client.post(url, rows(row | {"body": "new", "name": ""}))
    assert nameless.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "承諾のない支払先の名称を入力してください。" in nameless.content.decode()


def test_strangers_and_recorders_tell_nothing(links: Links, link: Subcontract) -> None:
    url = reverse("subcontracts:payees", args=[billed(links).pk])
    assert links.pair.recorders_client.get(url).status_code == HTTPStatus.FORBIDDEN
    other = pair_of(links.deal, links.deal.concluded("別の団体"), "other")
    assert other.responsibles_client.get(url).status_code == HTTPStatus.NOT_FOUND
