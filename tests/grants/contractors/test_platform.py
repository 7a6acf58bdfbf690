"""要領3(1): the platform's own work is contracted out and its money followed like an activity's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from grants.changes.api import Due, ProgressReport, start_progress
from grants.contractors.contract_forms import AllocationForm
from grants.contractors.models import Contract
from grants.contractors.planned import planned_lines
from grants.contractors.requirements import REQUIREMENTS
from grants.contractors.rules import PlannedActivityTerms
from grants.plans.api import PlanRevision, amend_plan, platform_uid, read_content
from grants.records.api import PeriodReport
from grants.settlements.api import PerformanceReport, start_report
from grants.settlements.content import read_report
from portal.access.api import Role
from portal.core.problems import Refused
from tests.grants.contractors.test_money import accept_work, billed, declare, pay
from tests.grants.contractors.test_rules import GOOD
from tests.grants.contracts import Deal, pair_of
from tests.world import client_of

PLATFORM = PlannedActivityTerms(
    uuid4(), "PF", "官民連携プラットフォーム", "つながり", False, {"contract": 1_200_000}
)

pytestmark = pytest.mark.django_db


def judged(id: str, **changed: Any) -> list[str]:
    subject = replace(GOOD, activities=(PLATFORM,), **changed)
    (requirement,) = [one for one in REQUIREMENTS if one.id == f"contract.{id}"]
    return [problem.message for problem in requirement.judge(subject)]


@pytest.mark.parametrize(
    ("id", "changed", "said"),
    [
        pytest.param("planned", {"kind": "contract"}, "", id="2(2)-1-contracted-as-planned"),
        pytest.param("planned", {"kind": "subsidy"}, "補助の行がありません", id="2(2)-1-no-line"),
        pytest.param("subsidy", {"kind": "contract"}, "", id="2(4)-a-contract-is-none"),
        pytest.param("subsidy", {"kind": "subsidy"}, "⑦と⑧だけ", id="2(4)-not-the-platform"),
        pytest.param("amount", {"amount": 1_200_000}, "", id="対象経費-all-that-is-planned"),
        pytest.param("amount", {"amount": 1_200_001}, "超えて", id="対象経費-one-yen-over"),
    ],
)
def test_the_clauses_judge_it_like_an_activity(id: str, changed: dict[str, Any], said: str) -> None:
    found = judged(id, **changed)
    assert bool(found) is bool(said)
    assert all(said in message for message in found)


def test_a_plans_platform_is_its_own() -> None:
    one, other = uuid4(), uuid4()
    assert platform_uid(one) == platform_uid(one)
    assert len({platform_uid(one), platform_uid(other), one, other}) == 4


def test_a_contract_stands_through_the_revisions_of_the_plan(platform_deal: Deal) -> None:
    """Another plan's platform is another; the next revision's is the same."""
    deal = platform_deal
    contract = deal.secretariat()
    (chosen,) = contract.activities.all()
    revision = deal.award.revision
    amended = amend_plan(actor=deal.drafter(), revision=revision)
    found = PlanRevision.objects.with_everything().get(pk=amended.pk)
    assert read_content(found).platform.uid == chosen.activity_uid
    assert (chosen.type_code, chosen.name) == ("PF", revision.platform_name)


def test_a_drafter_contracts_the_secretariat_out_on_the_pages(platform_deal: Deal) -> None:
    deal = platform_deal
    contractor, client = deal.checked(deal.contractor()), client_of(deal.drafter())
    prepare = reverse("contractors:prepare", args=[contractor.pk])
    page = client.get(prepare).content.decode()
    offered = re.findall(r'name="activities" value="([0-9a-f-]{36})"', page)
    assert offered[0] == str(deal.activity("PF")), "the platform stands first, as in the guideline"
    assert len(offered) == 5
    assert f"官民連携プラットフォーム　{deal.award.revision.platform_name}" in page
    typed = {
        "title": "事務局の運営",
        "number": "",
        "kind": "contract",
        "activities": [offered[0]],
        "amount": "1,200,000",
        "signed_on": "R6.4.1",
        "starts_on": "R6.4.1",
        "ends_on": "R7.3.31",
        "method": "GEN",
        "ground": "",
        "ground_reason": "",
        "selection_reason": "入札により選んだ。",
        "due_day": "10",
        "settlement": "fixed",
        "tax_status": "taxable",
        "report_interval": "1",
    }
    contract = Contract.objects.get(pk=client.post(prepare, typed).url.split("/")[-2])
    edit = client.get(reverse("contractors:edit_contract", args=[contract.pk]))
    assert edit.context["form"]["activities"].value() == offered[:1]
    boxes = AllocationForm(contract=contract).fields
    assert [b.initial for name, b in boxes.items() if name != "form_version"] == [1_200_000]
    shown = client.get(contract.get_absolute_url()).content.decode()
    assert "官民連携プラットフォーム" in shown


def test_indirect_subsidy_of_the_platform_is_refused(platform_deal: Deal) -> None:
    """要領2(4): ⑦ and ⑧ alone."""
    deal = platform_deal
    with pytest.raises(Refused, match=r"要領2\(4\)"):
        deal.secretariat(kind="subsidy")


def test_without_a_contracted_line_there_is_nothing_to_contract(deal: Deal) -> None:
    """要領2(2)-1: the platform of this plan is all 直営."""
    assert deal.activity("PF") not in {line.activity_uid for line in planned_lines(deal.award)}
    with pytest.raises(Refused, match="官民連携プラットフォームの積算内訳に、委託の行がありません"):
        deal.secretariat()


def test_another_plans_platform_is_not_chosen(platform_deal: Deal) -> None:
    """A near miss: the uid of a plan that is not the award's."""
    deal = platform_deal
    contractor, client = deal.checked(deal.contractor()), client_of(deal.drafter())
    answer = client.post(
        reverse("contractors:prepare", args=[contractor.pk]),
        {"activities": [str(platform_uid(uuid4()))]},
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "activities" in answer.context["form"].errors


def test_every_yen_of_the_platform_is_followed(platform_deal: Deal) -> None:
    """お金の流れ, 遂行状況報告 (適正化法12条) and 実績報告 (14条) draw it; nobody types it again."""
    deal = platform_deal
    contract = deal.secretariat()
    uid = contract.lines.get().line_uid
    pair = pair_of(deal, contract)
    invoice = billed(pair, contract, 300_000)
    accept_work(deal, contract, 300_000)
    declare(deal, contract, "start")
    pay(deal, invoice, date(2024, 11, 5))
    _follows_in_the_ledger(deal, uid)

    due = Due(date(2024, 11, 5), date(2024, 12, 5), "")
    filing = start_progress(actor=deal.drafter(), award=deal.award, due=due)
    rows = ProgressReport.objects.get(filing=filing).rows.all()
    assert [(r.activity_uid, r.contracted) for r in rows if r.contracted] == [(None, 300_000)]

    filing = start_report(actor=deal.drafter(), award=deal.award)
    report = PerformanceReport.objects.get(filing=filing)
    part = next(one for one in read_report(report).parts if one.key == "platform")
    assert part.contracted == 1_200_000
    assert {one.uid: one.spent for one in part.lines if one.spent is not None} == {uid: 300_000}
    row = report.parts.get(key="platform")
    page = client_of(deal.drafter()).get(row.get_absolute_url()).content.decode()
    assert "契約の記録では 300,000" in page
    assert "うち契約した額 1,200,000円" in page


def _follows_in_the_ledger(deal: Deal, uid: UUID) -> None:
    client = client_of(deal.drafter())
    ledger = client.get(reverse("contractors:ledger", args=[deal.award.pk]))
    (row,) = [one for one in ledger.context["ledger"].rows if one.uid == uid]
    assert (row.activity, row.planned) == ("官民連携プラットフォーム", 1_200_000)
    assert (row.money.contracted, row.money.paid, row.money.left) == (1_200_000, 300_000, 900_000)
    line = reverse("contractors:line", args=[deal.award.pk, uid])
    assert "事務局の運営" in client.get(line).content.decode()
    file = client.get(reverse("contractors:ledger_file", args=[deal.award.pk])).content.decode()
    assert "官民連携プラットフォーム" in file
    stranger = client_of(deal.world.actor(Role.DRAFTER, deal.world.nagano))
    assert stranger.get(line).status_code == HTTPStatus.NOT_FOUND
    direct = PlanRevision.objects.get(pk=deal.award.revision_id).lines.filter(activity_uid=None)
    own = direct.exclude(uid=uid).order_by("order")[0].uid
    missing = reverse("contractors:line", args=[deal.award.pk, own])
    assert client.get(missing).status_code == HTTPStatus.NOT_FOUND, "直営 goes through no contract"


def test_a_long_name_is_kept_whole(platform_deal: Deal) -> None:
    """A platform's name may be twice as long as an activity's."""
    deal, name = platform_deal, "連携" * 100
    PlanRevision.objects.filter(pk=deal.award.revision_id).update(platform_name=name)
    contract = deal.secretariat()
    assert contract.activities.get().name == name
    reports = PeriodReport.objects.filter(contract=contract)
    assert {report.activity_name for report in reports} == {name}
