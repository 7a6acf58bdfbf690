"""要領2(2): what a finding that a body is not excluded rests on, and how long it holds."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.contractors.api import Contractor
from grants.contractors.models import EligibilityCheck
from grants.contractors.rules import finding_reasons, papers_asked, papers_missing, papers_there
from grants.contractors.states import CheckKind
from grants.programmes.api import Programme
from grants.programmes.services import set_value
from portal.access.api import Role
from portal.core.problems import Refused
from tests.grants.contracts import Deal
from tests.world import client_of

KINDS = tuple(CheckKind.values)
DAY = date(2024, 3, 20)


@pytest.mark.parametrize(
    ("pledged_on", "evidence", "source", "missing"),
    [
        pytest.param(DAY, "a file", "", [], id="2(2)-5 pledge and file"),
        pytest.param(DAY, None, "定款", [], id="2(2)-5 pledge and a named source"),
        pytest.param(None, None, "定款", ["pledge"], id="2(2)-5 no pledge"),
        pytest.param(DAY, None, "　", ["evidence"], id="2(2)-5 a blank is no source"),
        pytest.param(None, None, "", ["pledge", "evidence"], id="2(2)-5 neither"),
    ],
)
def test_what_a_finding_rests_on(
    pledged_on: date | None, evidence: object, source: str, missing: list[str]
) -> None:
    asked = papers_asked("organised_crime", KINDS, KINDS)
    found = papers_missing(asked, papers_there(pledged_on, evidence, source))
    assert found == missing
    said = [reason for _, reason in finding_reasons("organised_crime", "clear", found)]
    assert len(said) == len(missing)
    assert all("要領2(2)" in reason for reason in said)
    assert not list(finding_reasons("organised_crime", "undecided", found))


def test_a_year_may_ask_less_of_one_ground() -> None:
    asked = papers_asked("religious", ("organised_crime",), ("religious",))
    assert asked == {"evidence"}
    assert not papers_asked("political", ("organised_crime",), ("religious",))


def _typed(kind: str, **changes: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "result": "clear",
        "pledged_on": "R6.3.20",
        "reviewer": "確認 担当",
        "reviewed_on": "R6.3.25",
        "expires_on": "R7.3.31",
        "reason": "定款を読み、照会の回答を受けた。",
        "source": "定款、県警の回答",
    } | changes


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"要領2(2) {kind}")
@pytest.mark.parametrize(
    ("without", "said"), [("pledged_on", "誓約書が必要です"), ("source", "根拠が必要です")]
)
def test_each_ground_asks_for_a_pledge_and_evidence(
    deal: Deal, kind: str, without: str, said: str
) -> None:
    contractor = deal.contractor()
    client = client_of(deal.drafter())
    url = reverse("contractors:check", args=[contractor.pk])
    answer = client.post(url, _typed(kind, **{without: ""}))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.content.decode()
    assert not EligibilityCheck.objects.exists()
    undecided = client.post(url, _typed(kind, **{without: ""}, result="undecided"))
    assert undecided.status_code == HTTPStatus.FOUND


def test_files_of_a_finding_are_kept_and_stay_in_the_prefecture(deal: Deal) -> None:
    contractor = deal.contractor()
    pledge = SimpleUploadedFile("誓約書.csv", "誓約,日\nする,3/20\n".encode())
    evidence = SimpleUploadedFile("定款.csv", "条,目的\n3,福祉\n".encode())
    client = client_of(deal.drafter())
    given = _typed("religious", source="", pledge=pledge, evidence=evidence)
    url = reverse("contractors:check", args=[contractor.pk])
    assert client.post(url, given).status_code == HTTPStatus.FOUND
    check = EligibilityCheck.objects.get()
    assert check.asked_for == ["evidence", "pledge"]
    page = client.get(contractor.get_absolute_url()).content.decode()
    assert check.pledge is not None
    assert check.evidence is not None
    assert check.pledge.get_absolute_url() in page
    assert check.evidence.get_absolute_url() in page
    office = client_of(deal.world.actor(Role.REVIEWER))
    seen = office.get(contractor.get_absolute_url()).content.decode()
    assert check.pledge.get_absolute_url() not in seen
    assert office.get(check.pledge.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_what_is_asked_for_is_said_by_the_year(deal: Deal) -> None:
    """And a finding made when less was asked for stays good when more is."""
    programme = Programme.objects.get(pk=deal.award.programme_id)

    def asks(key: str, text: str) -> None:
        set_value(
            actor=deal.world.actor(Role.PROGRAMME_MANAGER),
            programme=programme,
            key=key,
            text=text,
            source="交付要綱",
            effective_from=date(2024, 4, 1),
        )

    asks("check_pledges", "暴力団")
    asks("check_evidence", "")
    contractor = deal.contractor()
    deal.check(contractor, "religious", pledged_on=None, source="")
    deal.check(contractor, "political", pledged_on=None, source="")
    with pytest.raises(Refused, match=r"誓約書が必要です.*要領2\(2\)"):
        deal.check(contractor, "organised_crime", pledged_on=None)
    deal.check(contractor, "organised_crime", source="")
    asks("check_pledges", "宗教活動、政治活動、暴力団")
    asks("check_evidence", "宗教活動、政治活動、暴力団")
    assert deal.conclude(deal.prepare(contractor)).state == "in_force"


def test_no_row_is_clear_without_what_was_asked_for(deal: Deal) -> None:
    contractor = deal.checked(deal.contractor())
    check = EligibilityCheck.objects.filter(contractor=contractor).first()
    assert check is not None
    for change in ({"pledged_on": None}, {"source": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EligibilityCheck.objects.filter(pk=check.pk).update(**change)


def test_page_and_list_say_what_is_missing(deal: Deal) -> None:
    contractor = deal.contractor()
    deal.check(contractor, "religious")
    deal.check(contractor, "political", result="undecided", source="")
    client = client_of(deal.drafter())
    both, one = "誓約書、資料又は確認の出所", "要るもの：資料又は確認の出所"
    page = client.get(contractor.get_absolute_url()).content.decode()
    assert f"要るもの：{both}" in page
    assert one in page
    listed = client.get(reverse("contractors:list")).content.decode()
    assert f"{CheckKind.ORGANISED_CRIME.label}（{both}）" in listed
    assert f"{CheckKind.POLITICAL.label}（資料又は確認の出所）" in listed
    assert f"{CheckKind.RELIGIOUS.label}（" not in listed
    form = client.get(reverse("contractors:check", args=[contractor.pk])).content.decode()
    assert f"{CheckKind.RELIGIOUS.label}：{both}" in form
    deal.check(contractor, "political")
    deal.check(contractor, "organised_crime")
    assert "確認済み" in client.get(reverse("contractors:list")).content.decode()
    assert Contractor.objects.count() == 1
