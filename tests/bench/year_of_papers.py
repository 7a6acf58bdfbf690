"""A year of one body and all that it has printed; and which papers are not in it, and why."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from grants.awards.api import Award
from grants.changes.api import Incident, save_statement, start_statement
from grants.contractors.api import report_completion, report_incident
from grants.demo.stories import LIGHT, MIXED, PlanStory
from grants.filings.api import Filing
from grants.records.api import PeriodReport
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.workflow.api import perform
from tests.grants import changing, closing
from tests.grants.changes import test_progress, test_stops
from tests.grants.claims import claiming
from tests.grants.contractors.test_money import accept_work, billed
from tests.grants.contracts import Deal, pair_of
from tests.grants.income import earning
from tests.grants.input_tax import test_way
from tests.grants.properties import test_disposal
from tests.grants.properties.buying import buy
from tests.world import World

# What each body's year brings: the kinds as they are registered.
YEAR = frozenset(
    {
        "application",
        "notice_of_decision",
        "change",
        "notice_of_change",
        "month_report",
        "contract_invoice",
        "contract_inspection",
        "contract_completion",
        "contract_incident",
        "progress",
        "incident",
        "discontinuance",
        "notice_of_stop",
        "claim",
        "performance",
        "notice_of_settlement",
        "notice_of_refund",
        "input_tax",
        "disposal",
        "notice_of_disposal",
        "income",
    }
)
# What is registered and not in it.
_REFUSED = "instead of the notice that is in it: no body's request is both granted and refused"
_INSTEAD = "of an office that decides on paper, instead of the route in the portal"
_BEFORE = "of a round before the applications, which a year may do without"
_WRONG = "of a case that went wrong; at most a few bodies in a year"
_ASKED = "on somebody's request, not of the year's course"
_INSPECTED = "of an inspection, which few bodies have in a year"
_CARRIED = "of money carried into the next year, of which another year's papers follow"
_SUBSIDY = "of a subsidy, which takes the place of the contract that is in it"
_AGAIN = "of the same templates as a paper that is in it"
NOT_IN_IT = {
    "application_draft": _INSTEAD,
    "draft_of_decide": _AGAIN,
    "draft_of_decline": _REFUSED,
    "notice_of_refusal": _REFUSED,
    "notice_of_change_refusal": _REFUSED,
    "notice_of_stop_refusal": _REFUSED,
    "notice_of_disposal_refusal": _REFUSED,
    "notice_of_carryover_refusal": _REFUSED,
    "statement": _BEFORE,
    "notice_of_promise": _BEFORE,
    "carryover": _CARRIED,
    "notice_of_carryover": _CARRIED,
    "year_end": _CARRIED,
    "contract_achievement": _SUBSIDY,
    "contract_fixing": _SUBSIDY,
    "withdrawal": _WRONG,
    "contract_sub_request": "of a contract whose work is passed on to another body",
    "contract_sub_consent": "of a contract whose work is passed on to another body",
    "notice_of_correction": _WRONG,
    "notice_of_revocation": _WRONG,
    "notice_of_interest": _WRONG,
    "notice_of_lowering": _WRONG,
    "objection_filed": _WRONG,
    "notice_of_measure": _WRONG,
    "notice_of_order": _INSPECTED,
    "notice_of_demand": _INSPECTED,
    "visit_notice": _INSPECTED,
    "visit_result": _INSPECTED,
    "disclosure": _ASKED,
    "property_register": _ASKED,
    "property_details": _ASKED,
    "minutes": "of the platform's meetings; `test_platforms` measures those",
}
# The plan and its activity that is contracted out.
STORIES: tuple[tuple[PlanStory, str], ...] = ((LIGHT[1], "05"), (LIGHT[2], "02"), (MIXED, "07"))
WORK = 100_000


def a_body_s_year(world: World, body: Organisation, n: int) -> None:
    """Applied, decided, changed, contracted, reported on, stopped for a time, claimed, paid, fixed,
    ordered back, disposed of: as people do it."""
    story, code = STORIES[n % len(STORIES)]
    filing = world.filing("decided", body, story)
    changing.approved(world, filing.decision.award)
    award = in_force(body)
    contracted(Deal(world, body, award), code, f"kai{n}")
    world.submit(test_progress.write(world, award))
    incident(world, award)
    stop = test_stops.write_stop(world, award, "suspend")
    test_stops.approve(world, test_stops.reviewed(world, stop))
    # More than the nine tenths that it spends, so that an order follows; the rest is claimed.
    closing.pay(world, award, int(award.amount) * 95 // 100)
    claiming.accepted(world, award, int(award.amount) * 4 // 100)
    asset = buy(world, award)
    closing.settled(world, award, share=90)
    closing.order_overpaid(world, award)
    world.submit(test_way.write(world, award))
    asked = test_disposal.review(world, test_disposal.write(world, asset))
    test_disposal.approve(world, asked, 0)


def a_year_later(world: World, body: Organisation) -> None:
    """What the work brought in is told of."""
    award = in_force(body)
    with earning.after(award):
        world.submit(earning.write(world, award, [10_000]))


def in_force(body: Organisation) -> Award:
    found: Award = Award.objects.select_related("programme", "grantee", "decision", "revision").get(
        grantee=body
    )
    return found


def contracted(deal: Deal, code: str, word: str) -> None:
    """One contract with its month, its invoice, its inspection, its completion and an incident."""
    contract = deal.concluded(f"{word}の会", codes=code, amount=WORK, body=deal.tokyo)
    pair = pair_of(deal, contract, word)
    month = deal.month(contract)
    perform(
        PeriodReport,
        month.pk,
        "submit",
        pair.responsible,
        data={"nothing_held": True, "remarks": "準備の月。"},
    )
    billed(pair, contract, WORK // 2)
    accept_work(deal, contract, WORK // 2)
    report_completion(
        actor=pair.responsible,
        contract=contract,
        values={
            "completed_on": date(2024, 11, 4),
            "summary": "予定した回を終えた。",
            "deliverables": "",
        },
    )
    report_incident(
        actor=pair.responsible,
        contract=contract,
        values={
            "kind": "other",
            "happened_on": date(2024, 11, 1),
            "where": "会場",
            "people": 0,
            "course": "雨漏りで机が濡れた。",
            "measures": "拭き取り、別の部屋に移った。",
            "prevention": "雨の日は使わない。",
        },
    )


def incident(world: World, award: Award) -> Filing:
    drafter = world.actor(Role.DRAFTER, award.grantee)
    filing = start_statement(actor=drafter, award=award, model=Incident, label="事故")
    values = {
        "what": "accident",
        "happened_on": timezone.localdate(),
        "cause": "豪雨で会場が浸水した。",
        "progress": "4回を終えた。",
        "measures": "別の会場を探している。",
    }
    told = Incident.objects.get(filing=filing)
    save_statement(actor=drafter, statement=told, seen_version=told.version, values=values)
    return world.submit(Filing.objects.get(pk=filing.pk))
