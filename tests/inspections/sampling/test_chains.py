"""Work passed on: what an inspection rests on there, and what speaks for one."""

from __future__ import annotations

from datetime import date

import pytest

from grants.contractors.api import Invoice, LineClaim, write_invoice
from grants.subcontracts.api import PaidOn, tell_payees
from inspections.sampling.counting import of_award
from inspections.sampling.signs import Signs
from inspections.visits.api import plan_visit
from portal.access.api import Role
from portal.workflow.api import perform
from tests.grants.contracts import Deal, pair_of
from tests.grants.subcontracts.conftest import TODAY, Links


@pytest.fixture
def links(deal: Deal) -> Links:
    contract = deal.concluded()
    return Links(deal, contract, pair_of(deal, contract))


def signs_of(links: Links) -> Signs:
    ((_, signs),) = of_award(links.contract.award)
    return signs


def test_a_visit_says_through_which_contract_a_body_below_is_reached(links: Links) -> None:
    """要領5(1): a body below a contract is reached by it and by the consent, not by 23条."""
    links.consented()
    links.asked(links.body("承諾のない団体"), amount=10_000)
    inspector = links.deal.world.actor(Role.INSPECTOR)
    assert inspector.user_id is not None
    values = {
        "award": links.contract.award,
        "contract": links.contract,
        "contract_article": "16条",
        "kind": "on_site",
        "planned_on": TODAY,
        "place": "八王子市",
        "scope": "支出の証拠書類",
    }
    visit = plan_visit(actor=inspector, values=values, team=[(inspector.user_id, "第214号")])
    below = visit.grounds[2:]
    assert [one.who for one in below] == ["株式会社はぐるま"], "only with a consent in force"
    assert below[0].basis == "要領5(1)、「居場所の運営」の契約16条、再委託の承諾（6福第12号）"
    assert "居場所の運営" in below[0].explanation


def test_the_share_passed_on_is_a_sign(links: Links) -> None:
    assert (signs_of(links).passed, signs_of(links).unconsented) == (None, 0)
    link = links.consented(amount=450_000)
    links.consent(links.asked(links.body("下の団体"), amount=100_000, parent=link), "6福第13号")
    signs = signs_of(links)
    assert (signs.passed, signs.unconsented) == (25, 0), "what hangs below is within it"


def test_what_went_on_without_a_consent_is_counted(links: Links) -> None:
    begun = date(2024, 10, 1)
    link = links.consented(amount=100_000, starts_on=begun, begun_on=begun)
    assert signs_of(links).unconsented == 1
    actor = links.pair.responsible
    line = links.contract.lines.order_by("pk")[0]
    invoice = write_invoice(
        actor=actor,
        contract=links.contract,
        values={"kind": "advance", "billed_on": TODAY},
        claims={line.pk: LineClaim(200_000)},
    )
    perform(Invoice, invoice.pk, "bill", actor)
    rows = [
        PaidOn(link, "", links.line, 10_000, TODAY),
        PaidOn(None, "だれかの会社", links.line, 10_000, TODAY),
    ]
    tell_payees(actor=actor, invoice=invoice, rows=rows)
    assert signs_of(links).unconsented == 2
