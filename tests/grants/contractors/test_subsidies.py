"""要領2(4): an indirect subsidy is asked for, decided and fixed; it is not let as a contract."""

from __future__ import annotations

import io
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from grants.contractors.api import Contract, Invoice, declare_funding, record_acceptance
from grants.contractors.judging import judgements
from grants.contractors.models import Acceptance
from grants.contractors.planned import planned_activities
from grants.contractors.rules import PaymentSubject, payment_reasons
from portal.audit.api import timeline
from portal.core.problems import Refused
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants.contracts import Deal, pair_of
from tests.world import client_of


def subsidy(deal: Deal, **given: Any) -> Contract:
    contractor = deal.checked(deal.contractor())
    return deal.prepare(contractor, "08", **({"kind": "subsidy", "amount": 1_000_000} | given))


def _typed(deal: Deal, **changes: Any) -> dict[str, Any]:
    return {
        "title": "居場所の立上げ補助",
        "number": "6福第21号",
        "activities": [str(deal.activity("08"))],
        "amount": "1,000,000円",
        "signed_on": "R6.4.1",
        "starts_on": "R6.4.1",
        "ends_on": "R7.3.31",
        "rules_name": "居場所づくり補助金交付要綱",
        "rules_on": "R6.3.1",
        "applied_on": "R6.3.15",
        "subsidy_basis": "rate",
        "subsidy_rate": "１／２",
        "selection_reason": "公募により選んだ。",
        "due_day": "10",
        "report_interval": "1",
    } | changes


def test_a_subsidy_has_a_form_of_its_own(deal: Deal) -> None:
    contractor = deal.checked(deal.contractor())
    client = client_of(deal.drafter())
    url = reverse("contractors:prepare_subsidy", args=[contractor.pk])
    page = client.get(url).content.decode()
    for word in ("交付要綱", "交付申請の日", "交付決定の番号", "補助率"):
        assert word in page
    for word in ("契約の方法", "随意契約", "精算方式", "契約額"):
        assert word not in page
    planned = planned_activities(deal.award)
    offered = {one.type_code for one in planned if f'value="{one.uid}"' in page}
    assert offered == {one.type_code for one in planned} & {"07", "08"} != set(), "要領2(4)"
    contract = Contract.objects.get(pk=client.post(url, _typed(deal)).url.split("/")[-2])
    assert (contract.kind, contract.method, contract.settlement) == ("subsidy", "", "actual")
    assert contract.subsidy_rate == "1/2"
    edit = reverse("contractors:edit_contract", args=[contract.pk])
    assert 'name="rules_name"' in client.get(edit).content.decode()
    fixed = _typed(deal, subsidy_basis="fixed", subsidy_rate="") | {"form_version": "1"}
    assert client.post(edit, fixed).status_code == HTTPStatus.FOUND
    contract.refresh_from_db()
    assert (contract.settlement, contract.subsidy_rate) == ("fixed", "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"subsidy_rate": ""}, "補助率を入力してください", id="rate missing"),
        pytest.param({"subsidy_rate": "3/2"}, "0より大きく1以下", id="rate above one"),
        pytest.param({"subsidy_rate": "半分"}, "0より大きく1以下", id="rate in words"),
        pytest.param({"subsidy_basis": "fixed"}, "補助率を空欄に", id="fixed with a rate"),
        pytest.param(
            {"applied_on": "R6.4.2"}, "交付申請の日以後", id="decided before it was asked"
        ),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field(
    deal: Deal, changes: dict[str, Any], said: str
) -> None:
    contractor = deal.checked(deal.contractor())
    url = reverse("contractors:prepare_subsidy", args=[contractor.pk])
    answer = client_of(deal.drafter()).post(url, _typed(deal, **changes))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("without", "said"),
    [
        pytest.param({"rules_name": ""}, "交付要綱の名称がありません", id="2(4) 要綱"),
        pytest.param({"rules_on": None}, "交付要綱の日付がありません", id="2(4) 要綱の日付"),
        pytest.param({"applied_on": None}, "交付申請の日がありません", id="2(4) 申請"),
        pytest.param({"number": ""}, "交付決定の番号がありません", id="2(4) 決定の番号"),
        pytest.param({"subsidy_basis": ""}, "補助率又は定額の別がありません", id="2(4) 補助率"),
    ],
)
def test_a_decision_says_all_of_it_before_it_is_registered(
    deal: Deal, without: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=rf"{said}.*要領2\(4\)"):
        deal.conclude(subsidy(deal, **without))


def test_one_decided_before_this_was_asked_for_stays_valid(deal: Deal) -> None:
    """It went through the form of a contract then: with a method, and none of its own fields."""
    contract = deal.conclude(subsidy(deal))
    Contract.objects.filter(pk=contract.pk).update(
        method="NEG", ground="1", rules_name="", rules_on=None, applied_on=None, subsidy_basis=""
    )
    old = Contract.objects.for_lists().get(pk=contract.pk)
    asked = {one.requirement.id: one for one in judgements(old)}
    assert not asked["contract.subsidy_decided"].problems
    assert not set(asked) & {"contract.method", "contract.estimates", "contract.small"}
    page = client_of(deal.drafter()).get(old.get_absolute_url()).content.decode()
    assert "<dt>交付要綱</dt><dd>未入力</dd>" in page
    assert "随意契約" not in page


def test_pages_notices_and_the_case_speak_of_a_subsidy(deal: Deal) -> None:
    contract = subsidy(deal)
    client = client_of(deal.drafter())
    draft = client.get(contract.get_absolute_url()).content.decode()
    assert "交付決定を登録する" in draft
    act = client.get(contract.transition_url("conclude")).content.decode()
    assert "補助事業者の選定と事業の実施に責任を持ち" in act
    assert "契約" not in act.partition("<main")[2].partition("</main>")[0]
    deal.conclude(contract)
    pair = pair_of(deal, contract)
    for viewer in (client, pair.responsibles_client):
        page = viewer.get(contract.get_absolute_url()).content.decode()
        main = page.partition('<dl class="facts">')[2].partition("要領の要件")[0]
        assert "交付決定額" in page
        for word in ("契約額", "契約日", "検査", "完了届", "契約の方法"):
            assert word not in main, word
    listed = pair.responsibles_client.get(reverse("contractors:contracts")).content.decode()
    assert "間接補助" in listed
    assert "交付決定済み" in listed
    told = timeline(contract.case_id, deal.drafter())[-1]
    assert "補助事業者" in told.note
    assert "契約の方法" not in told.note


def test_changing_and_revoking_a_subsidy_is_worded_as_such(deal: Deal) -> None:
    contract = deal.conclude(subsidy(deal))
    client = client_of(deal.drafter())
    change = client.get(contract.transition_url("change")).content.decode()
    assert "変更交付決定の日" in change
    revoke = client.get(contract.transition_url("terminate")).content.decode()
    assert "取消しの日" in revoke
    for page in (change, revoke):
        main = page.partition("<main")[2].partition("</main>")[0]
        for word in ("変更契約", "契約額", "解除の日"):
            assert word not in main, word


def test_no_last_payment_before_the_amount_is_fixed(deal: Deal) -> None:
    contract = deal.conclude(subsidy(deal))
    pair = pair_of(deal, contract)
    body, office = pair.responsibles_client, client_of(deal.drafter())
    for stage in ("start", "completion"):
        declare_funding(
            actor=deal.drafter(),
            contract=contract,
            stage=stage,
            declared_on=date(2024, 11, 1),
            items=[],
        )
    done = {"completed_on": "R6.11.1", "summary": "居場所を開いた。", "deliverables": ""}
    completion = reverse("contractors:completion", args=[contract.pk])
    assert "実績報告書を提出する" in body.get(completion).content.decode()
    assert body.post(completion, done).status_code == HTTPStatus.FOUND
    bill = reverse("contractors:bill", args=[contract.pk])
    offered = body.get(bill).content.decode()
    assert "概算払" in offered
    assert "部分払" not in offered
    [line] = contract.lines.all()
    claim = {"kind": "final", "billed_on": "R6.11.2", f"line_{line.pk}": "1,000,000円"}
    invoice = Invoice.objects.get(pk=body.post(bill, claim).url.split("/")[-2])
    perform(Invoice, invoice.pk, "bill", pair.responsible)
    with pytest.raises(Refused, match="額の確定の記録がありません"):
        perform(Invoice, invoice.pk, "accept", deal.drafter())
    fixing = reverse("contractors:acceptance", args=[contract.pk])
    assert "額の確定を記録する" in office.get(fixing).content.decode()
    given = {
        "reported_on": "R6.11.1",
        "inspected_on": "R6.11.3",
        "inspector": "審査 担当",
        "amount": "1,000,001円",
        "findings": "実績報告と領収書を照らした。",
        "replaces": "",
    }
    assert "交付決定額（1,000,000円）以下" in office.post(fixing, given).content.decode()
    early = office.post(fixing, given | {"amount": "1", "inspected_on": "R6.10.31"})
    assert "実績報告を受けた日以後" in early.content.decode()
    kept = office.post(fixing, given | {"amount": "1,000,000円"})
    assert kept.status_code == HTTPStatus.FOUND
    assert Acceptance.objects.get().reported_on == date(2024, 11, 1)
    assert perform(Invoice, invoice.pk, "accept", deal.drafter()).subject.state == "payable"
    papers = {paper.kind: paper for paper in contract.papers.all()}
    assert set(papers) == {"achievement", "fixing", "invoice"}
    drain()
    for kind, words in {
        "achievement": "補助事業実績報告書",
        "fixing": "額の確定調書",
        "invoice": "交付決定を受けた",
    }.items():
        content = office.get(reverse("contractors:paper_file", args=[papers[kind].pk])).content
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        assert words in text.replace("\n", "")
        assert "契約" not in text
        assert "検査" not in text
    titles = set(Notice.objects.values_list("title", flat=True))
    assert {"補助事業者から実績報告書が出ました", "補助事業者から請求がありました"} <= titles


def test_a_fixing_without_its_report_or_above_the_decision_is_refused(deal: Deal) -> None:
    contract = deal.conclude(subsidy(deal))
    values = {
        "kind": "completion",
        "result": "passed",
        "inspected_on": date(2024, 11, 1),
        "inspector": "審査 担当",
        "amount": 1_000_000,
        "findings": "照らした。",
    }
    with pytest.raises(Refused, match="実績報告を受けた日"):
        record_acceptance(actor=deal.drafter(), contract=contract, values=values)
    above = values | {"reported_on": date(2024, 11, 1), "amount": 1_000_001}
    with pytest.raises(Refused, match="交付決定額"):
        record_acceptance(actor=deal.drafter(), contract=contract, values=above)


@pytest.mark.parametrize(
    ("kind", "amount", "decided", "fixed", "said"),
    [
        pytest.param("advance", 500, 0, None, "", id="概算払 before it is fixed"),
        pytest.param("final", 500, 500, None, "額の確定の記録", id="精算払 before it is fixed"),
        pytest.param("final", 300, 500, 800, "", id="精算払 up to what was fixed"),
        pytest.param("final", 301, 500, 800, "確定額（800円）", id="精算払 a yen above"),
        pytest.param("part", 1, 0, None, "額の確定の記録", id="部分払 as the last one"),
        pytest.param("return", 200, 1000, 800, "", id="戻入 of what was too much"),
    ],
)
def test_what_was_paid_in_estimate_counts_against_the_fixed_amount(
    kind: str, amount: int, decided: int, fixed: int | None, said: str
) -> None:
    """要領2(4); 適正化法15条 as the pattern of the body's own 要綱."""
    subject = PaymentSubject(
        kind=kind,
        amount=amount,
        accepted=fixed or 0,
        decided=decided,
        is_completed=fixed is not None,
        declared=frozenset({"start", "completion"}),
        national=(),
        is_subsidy=True,
    )
    found = list(payment_reasons(subject))
    assert bool(found) is bool(said)
    assert all(said in reason for reason in found)
