"""Registering, checking, concluding, inviting: through the services and through the pages."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.contractors.api import Contract, Contractor, invite_person
from grants.contractors.contract_forms import AllocationForm
from grants.contractors.judging import judgements
from grants.demo.stories import MIXED
from grants.records.api import PeriodReport
from portal.access.api import Role
from portal.accounts.api import Invitation, Membership, Organisation, accept, actor_for
from portal.audit.api import timeline
from portal.core.problems import Denied, Refused
from portal.documents.api import Document
from portal.workflow.api import perform
from tests.grants.contracts import Deal, pair_of
from tests.world import client_of

NUMBER = "2000012010019"
OTHER_NUMBER = "1000013040008"


@pytest.mark.parametrize(
    "missing", ["religious", "political", "organised_crime"], ids=lambda k: f"要領2(2) {k}"
)
def test_a_body_that_is_not_checked_gets_no_contract(deal: Deal, missing: str) -> None:
    contractor = deal.contractor()
    for kind in {"religious", "political", "organised_crime"} - {missing}:
        deal.check(contractor, kind)
    with pytest.raises(Refused, match=r"記録がありません.*要領2\(2\)"):
        deal.prepare(contractor)
    assert not Contract.objects.exists()


def test_a_body_found_out_meanwhile_is_not_concluded_with(deal: Deal) -> None:
    """要領2(2)-5: what was right when the contract was prepared is asked again."""
    contract = deal.prepare(deal.checked(deal.contractor()))
    deal.check(
        contract.contractor, "organised_crime", result="excluded", reviewed_on=date(2024, 4, 2)
    )
    with pytest.raises(Refused, match="該当"):
        deal.conclude(contract)
    contract.refresh_from_db()
    assert contract.state == "draft"


def test_concluding_opens_the_months_and_tells_the_case(deal: Deal) -> None:
    contract = deal.concluded()
    months = PeriodReport.objects.filter(contract=contract).order_by("month")
    assert [report.month for report in months][:2] == [date(2024, 4, 1), date(2024, 5, 1)]
    assert len(months) == 12
    assert months[0].due_on == date(2024, 5, 10)
    told = timeline(contract.case_id, deal.world.actor(Role.AUDITOR))
    assert told[-1].what == "契約を登録する"
    assert told[-1].basis == "要領2(2)から2(4)まで"
    assert "180万" not in told[-1].note
    assert "1,800,000円" in told[-1].note


def test_two_activities_have_months_of_their_own(deal: Deal) -> None:
    contract = deal.conclude(deal.prepare(deal.checked(deal.contractor()), "05 07"))
    assert PeriodReport.objects.filter(contract=contract).count() == 24


def test_indirect_subsidy_is_for_7_and_8_alone(deal: Deal) -> None:
    """要領2(4): ⑧ of this plan is subsidised; ⑤ is not, and may not be."""
    contractor = deal.checked(deal.contractor())
    assert deal.conclude(deal.prepare(contractor, "08", kind="subsidy")).state == "in_force"
    with pytest.raises(Refused, match=r"要領2\(4\)"):
        deal.conclude(deal.prepare(contractor, "05", kind="subsidy"))


def test_no_raw_update_skips_a_state(deal: Deal) -> None:
    contract = deal.prepare(deal.checked(deal.contractor()))
    with pytest.raises(DatabaseError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(state="ended")


def test_only_a_drafter_concludes(deal: Deal) -> None:
    contract = deal.prepare(deal.checked(deal.contractor()))
    approver = deal.world.actor(Role.APPROVER, deal.tokyo)
    with pytest.raises(Denied):
        perform(Contract, contract.pk, "conclude", approver, data={"is_answered_for": True})


# ---- Numbers ---------------------------------------------------------------------------------------


def test_a_number_reveals_nothing_of_other_prefectures(deal: Deal) -> None:
    """One organisation under one number; each prefecture reads only what it wrote itself."""
    theirs = deal.contractor("長野で呼ぶ名前", OTHER_NUMBER, body=deal.world.nagano)
    client = client_of(deal.drafter())
    answer = client.post(reverse("contractors:register"), _typed("東京で呼ぶ名前", OTHER_NUMBER))
    ours = Contractor.objects.get(grantee=deal.tokyo)
    assert answer.url == ours.get_absolute_url()
    assert ours.organisation_id == theirs.organisation_id
    page = client.get(answer.url).content.decode()
    assert "東京で呼ぶ名前" in page
    assert "長野で呼ぶ名前" not in page


def test_the_same_number_twice_in_one_prefecture_is_said(deal: Deal) -> None:
    deal.contractor(number=OTHER_NUMBER)
    answer = client_of(deal.drafter()).post(
        reverse("contractors:register"), _typed("別の名前", OTHER_NUMBER)
    )
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "もう登録されています" in answer.content.decode()
    assert Contractor.objects.count() == 1


def test_an_offices_own_number_is_refused(deal: Deal) -> None:
    with pytest.raises(Refused, match="登録できません"):
        deal.contractor(number=NUMBER)


def test_bodies_without_a_number_are_never_merged(deal: Deal) -> None:
    deal.contractor("つどい")
    deal.contractor("つどい")
    assert Organisation.objects.filter(name="つどい").count() == 2


@pytest.mark.parametrize("number", ["2000012010018", "200001201001", "番号なし"])
def test_a_wrong_number_is_said_at_its_field(deal: Deal, number: str) -> None:
    answer = client_of(deal.drafter()).post(
        reverse("contractors:register"), _typed("みらい", number)
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "法人番号" in page
    assert number in page


@pytest.mark.parametrize(
    ("typed", "stored", "said"),
    [
        ("", "", ""),
        ("Ｔ1234-5678-90123", "T1234567890123", ""),
        ("1234567890123", None, "「T」と13桁"),
    ],
    ids=["none", "wide-and-with-hyphens", "without-its-T"],
)
def test_the_number_of_a_qualified_invoice_issuer(
    deal: Deal, typed: str, stored: str | None, said: str
) -> None:
    """消費税法57条の2; without it only a part of the tax is deducted from what the body sells."""
    client = client_of(deal.drafter())
    given = _typed("みらい", "") | {"registered_number": typed}
    answer = client.post(reverse("contractors:register"), given)
    if stored is None:
        assert said in answer.content.decode()
        return
    contractor = Contractor.objects.get()
    assert contractor.registered_number == stored
    shown = client.get(contractor.get_absolute_url()).content.decode()
    assert f"<dt>登録番号</dt><dd>{stored or 'なし'}</dd>" in shown


def test_the_invoice_number_of_a_corporation_is_its_own_number(deal: Deal) -> None:
    contractor = deal.contractor(number=OTHER_NUMBER)
    client = client_of(deal.drafter())
    url = reverse("contractors:edit", args=[contractor.pk])
    given = _typed("みらい", "") | {"form_version": "1", "registered_number": "T1234567890123"}
    assert f"T{OTHER_NUMBER}" in client.post(url, given).content.decode()
    given["registered_number"] = f"T{OTHER_NUMBER}"
    assert client.post(url, given).status_code == HTTPStatus.FOUND
    assert Contractor.objects.get().registered_number == f"T{OTHER_NUMBER}"


def _typed(name: str, number: str) -> dict[str, str]:
    return {
        "name": name,
        "kana": "みらい",
        "body_type": "npo",
        "corporate_number": number,
        "representative": "見本 花子",
        "address": "八王子市",
    }


# ---- Pages -----------------------------------------------------------------------------------------


def test_a_drafter_does_all_of_it_on_the_pages(deal: Deal) -> None:
    client = client_of(deal.drafter())
    contractor = Contractor.objects.get(
        pk=client.post(reverse("contractors:register"), _typed("みらい", "")).url.split("/")[-2]
    )
    prepare = reverse("contractors:prepare", args=[contractor.pk])
    typed = _contract_typed(deal)
    refused = client.post(prepare, typed)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "居場所の運営" in refused.content.decode()
    for kind in ("religious", "political", "organised_crime"):
        check = client.post(reverse("contractors:check", args=[contractor.pk]), _check(kind))
        assert check.status_code == HTTPStatus.FOUND
    contract = Contract.objects.get(pk=client.post(prepare, typed).url.split("/")[-2])
    assert contract.amount == 1_800_000
    page = client.get(contract.get_absolute_url()).content.decode()
    assert "一般競争入札によったことを示す資料のうち、「公告」「入札結果」がありません" in page
    assert "積算内訳に充てたのは0円です" in page
    allocation = reverse("contractors:allocation", args=[contract.pk])
    boxes = {name: box.initial for name, box in AllocationForm(contract=contract).fields.items()}
    shares = {name: value for name, value in boxes.items() if value and name != "form_version"}
    short = client.post(allocation, {"form_version": contract.version})
    assert "1,800,000円違います" in short.content.decode()
    whole = client.post(allocation, {"form_version": contract.version, **shares})
    assert whole.status_code == HTTPStatus.FOUND
    contract.refresh_from_db()
    conclude = contract.transition_url("conclude")
    blocked = client.post(conclude, {"is_answered_for": "on", "version": contract.version})
    assert blocked.status_code == HTTPStatus.CONFLICT
    paper = SimpleUploadedFile("公告.csv", "公告,日\nあり,4/1\n".encode())
    given = {"file": paper, "names": ["公告", "入札結果"]}
    client.post(reverse("contractors:evidence", args=[contract.pk]), given)
    done = client.post(conclude, {"is_answered_for": "on", "version": contract.version})
    assert done.url == contract.get_absolute_url()
    contract.refresh_from_db()
    assert contract.state == "in_force"
    assert Document.objects.get(subject_id=str(contract.pk)).is_filed


def _contract_typed(deal: Deal) -> dict[str, Any]:
    return {
        "title": "居場所の運営",
        "number": "",
        "kind": "contract",
        "activities": [str(deal.activity("07"))],
        "amount": "１,８００,０００円",
        "signed_on": "R6.4.1",
        "starts_on": "令和6年4月1日",
        "ends_on": "2025/3/31",
        "method": "GEN",
        "ground": "",
        "ground_reason": "",
        "selection_reason": "入札により選んだ。",
        "due_day": "10",
        "settlement": "fixed",
        "tax_status": "taxable",
        "report_interval": "1",
    }


def _check(kind: str) -> dict[str, str]:
    return {
        "kind": kind,
        "result": "clear",
        "pledged_on": "R6.3.20",
        "reviewer": "確認 担当",
        "reviewed_on": "R6.3.25",
        "expires_on": "R7.3.31",
        "source": "定款、県警の回答",
        "reason": "定款を読み、照会の回答を受けた。",
    }


def test_who_was_overtaken_keeps_what_they_typed(deal: Deal) -> None:
    contract = deal.prepare(deal.checked(deal.contractor()))
    client = client_of(deal.drafter())
    url = reverse("contractors:edit_contract", args=[contract.pk])
    typed = _contract_typed(deal) | {"form_version": contract.version}
    assert client.post(url, typed).status_code == HTTPStatus.FOUND
    late = client.post(url, typed | {"title": "後から書いた名称"})
    assert late.status_code == HTTPStatus.CONFLICT
    assert "後から書いた名称" in late.content.decode()
    contract.refresh_from_db()
    assert contract.title == "居場所の運営"


# ---- People and strangers --------------------------------------------------------------------------


def test_an_invitation_opens_this_contract_alone(deal: Deal) -> None:
    """A body of two prefectures: whoever one of them invites sees nothing of the other's."""
    mine = deal.concluded("つどい", body=None)
    deal.world.filing("decided", deal.world.nagano, MIXED)
    other = deal.checked(deal.contractor("つどい", body=deal.world.nagano))
    Contractor.objects.filter(pk=other.pk).update(organisation=mine.contractor.organisation)
    other.refresh_from_db()
    theirs = deal.conclude(deal.prepare(other))
    invitation = invite_person(
        actor=deal.drafter(),
        contract=mine,
        role=Role.RESPONSIBLE,
        email="x@mirai.example",
        name="X",
    )
    accept(Invitation.objects.get(pk=invitation.pk), password="a-long-enough-password-1")
    person = actor_for(Membership.objects.get(user__email="x@mirai.example"))
    assert list(Contract.objects.for_user(person)) == [mine]
    client = client_of(person)
    assert client.get(mine.get_absolute_url()).status_code == HTTPStatus.OK
    assert client.get(theirs.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_inviting_twice_is_said_and_sends_one(deal: Deal) -> None:
    contract = deal.concluded()
    client = client_of(deal.drafter())
    url = reverse("contractors:invite", args=[contract.pk])
    typed = {"name": "責任 太郎", "email": "R@mirai.example", "role": "responsible"}
    assert client.post(url, typed).status_code == HTTPStatus.FOUND
    assert client.post(url, typed).status_code == HTTPStatus.CONFLICT
    assert Invitation.objects.count() == 1


def test_the_responsible_adds_a_colleague(deal: Deal) -> None:
    contract = deal.concluded()
    pair = pair_of(deal, contract)
    colleague = deal.world.cast.add(
        contract.contractor.organisation, Role.RECORDER, "同僚", "c@mirai.example", signs_in=False
    )
    assert not Contract.objects.for_user(colleague).exists()
    membership = Membership.objects.get(user_id=colleague.user_id)
    url = reverse("contractors:people", args=[contract.pk])
    pair.responsibles_client.post(url, {"membership": str(membership.pk)})
    assert Contract.objects.for_user(colleague).get() == contract
    assert pair.recorders_client.get(url).status_code == HTTPStatus.FORBIDDEN


def test_strangers_find_nothing(deal: Deal) -> None:
    contract = deal.concluded()
    draft = deal.prepare(contract.contractor, title="次の契約")
    other = deal.concluded("別の団体")
    stranger = pair_of(deal, other, "other").responsible
    urls = [
        contract.get_absolute_url(),
        reverse("contractors:people", args=[contract.pk]),
        contract.transition_url("end"),
    ]
    for actor in (stranger, deal.drafter(deal.world.nagano)):
        for url in urls:
            assert client_of(actor).get(url).status_code == HTTPStatus.NOT_FOUND, (actor.role, url)
    page = contract.contractor.get_absolute_url()
    nagano = client_of(deal.drafter(deal.world.nagano))
    assert nagano.get(page).status_code == HTTPStatus.NOT_FOUND
    assert client_of(stranger).get(page).status_code == HTTPStatus.NOT_FOUND
    for role in (Role.AUDITOR, Role.REVIEWER):
        office = client_of(deal.world.actor(role))
        assert office.get(page).status_code == HTTPStatus.OK
        assert office.get(contract.get_absolute_url()).status_code == HTTPStatus.OK
        assert office.get(draft.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
        assert office.post(contract.transition_url("end")).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("url_name", ["contractors:list", "contractors:contracts"])
def test_a_list_asks_the_same_at_3_and_at_8_rows(deal: Deal, url_name: str) -> None:
    client = client_of(deal.drafter())
    counts = []
    for total in (3, 8):
        for n in range(Contract.objects.count(), total):
            deal.concluded(f"団体{n}")
        client.get(reverse(url_name))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse(url_name))
        assert page.content.decode().count("居場所の運営") >= total
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_small_contracts_with_one_body_in_a_month_are_seen_together(deal: Deal) -> None:
    """地方自治法施行令167条の2第1項1号: what was split is judged by its sum, against the ceiling that
    the programme has for the day of the contract."""
    small = {"method": "NEG", "ground": "1", "ground_reason": "少額で見積書を比べた。"}
    contractor = deal.checked(deal.contractor())
    first = deal.conclude(deal.prepare(contractor, amount=900_000, **small))
    beside = deal.prepare(contractor, amount=900_000, signed_on=date(2024, 5, 1), **small)
    later = deal.prepare(contractor, amount=900_000, signed_on=date(2024, 5, 2), **small)
    other = deal.prepare(deal.checked(deal.contractor("別の団体")), amount=900_000, **small)
    seen = {
        contract.pk: next(
            bool(one.problems)
            for one in judgements(contract)
            if one.requirement.id == "contract.split"
        )
        for contract in (first, beside, later, other)
    }
    assert seen == {first.pk: False, beside.pk: True, later.pk: False, other.pk: False}
