"""A month of a contractor: the file as it comes, mended, taken whole, submitted, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.awards.api import Award
from grants.contractors.api import (
    Contract,
    ContractPerson,
    add_evidence,
    prepare_contract,
    record_check,
    register_contractor,
)
from grants.demo.stories import DEEP
from grants.programmes.api import open_programme
from grants.records.api import PeriodReport
from portal.access.api import Role
from portal.core.dates import FiscalYear
from portal.workflow.api import perform
from tests.running import wait_for
from tests.samples.ibasho import CSV_NAME, ibasho_csv, ibasho_xlsx
from tests.world import World

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Visitor]
YEAR = FiscalYear(2024)


def award_of_2024(world: World) -> Award:
    """東京都 in the year of the sample file."""
    now = timezone.localtime()
    world.programme = open_programme(
        actor=world.actor(Role.PROGRAMME_MANAGER),
        fiscal_year=YEAR,
        window_opens=(now - timedelta(days=3)).strftime("%Y-%m-%d %H:%M"),
        window_closes=(now + timedelta(days=20)).strftime("%Y-%m-%d %H:%M"),
        budget="100000000",
    )
    filing = world.filing("decided", world.bodies["13"], DEEP)
    return Award.objects.get(decision__filing=filing)


def contract_of(world: World, award: Award) -> Contract:
    """Registered, checked, contracted and joined through the services."""
    drafter = world.actor(Role.DRAFTER, world.bodies["13"])
    contractor = register_contractor(
        actor=drafter,
        corporate_number="",
        values={
            "name": "特定非営利活動法人あおぞら",
            "kana": "とくていひえいりかつどうほうじんあおぞら",
            "body_type": "npo",
            "representative": "青木 空",
            "address": "東京都新宿区0-0",
        },
    )
    for kind in ("religious", "political", "organised_crime"):
        record_check(
            actor=drafter,
            contractor=contractor,
            kind=kind,
            result="clear",
            pledged_on=YEAR.start - timedelta(days=20),
            reviewer=drafter.name,
            reviewed_on=YEAR.start - timedelta(days=10),
            expires_on=timezone.localdate() + timedelta(days=300),
            reason="定款と活動報告を読み、該当しないことを確かめた。",
        )
    activity = award.revision.activities.get(type_code="07")
    contract = prepare_contract(
        actor=drafter,
        contractor=contractor,
        award=award,
        activities=[activity.uid],
        values={
            "title": "居場所の運営",
            "number": "R6-福-001",
            "kind": "contract",
            "amount": 2_000_000,
            "signed_on": YEAR.start,
            "starts_on": YEAR.start,
            "ends_on": YEAR.end,
            "method": "PRO",
            "ground": "",
            "ground_reason": "",
            "selection_reason": "3者の提案から選んだ。",
            "due_day": 10,
            "same_person_may_submit": False,
        },
    )
    paper = SimpleUploadedFile("選定結果.csv", "者,点\n提案者1,86\n".encode())
    add_evidence(actor=drafter, contract=contract, upload=paper)
    perform(Contract, contract.pk, "conclude", drafter, data={"is_answered_for": True})
    for role, name, login in (
        (Role.RECORDER, "滝沢 美咲", "recorder@aozora.example"),
        (Role.RESPONSIBLE, "青木 空", "responsible@aozora.example"),
    ):
        actor = world.cast.add(contractor.organisation, role, name, login)
        ContractPerson.objects.create(contract=contract, user_id=actor.user_id, role=role)
    return contract


def upload(v: Visitor, report: PeriodReport, name: str, content: bytes) -> None:
    v.goto(f"/records/{report.pk}/upload/")
    v.page.locator("input[name=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    v.press("ファイルを読み取る")
    wait_until_read(v)


def wait_until_read(v: Visitor) -> None:
    """The page looks by itself every two seconds while a worker reads the file."""
    wait_for(lambda: not v.says("読み取り中"))
    v.look()


def test_a_month_from_the_file_to_the_confirmation(visit: Enter, world: World, worker: Any) -> None:
    contract = contract_of(world, award_of_2024(world))
    report = PeriodReport.objects.get(contract=contract, month="2024-10-01")
    v = visit("recorder@aozora.example")
    upload(v, report, "実績.csv", b"\x00\x01\x02 not a table")
    assert v.says("添付できない種類"), v.page.locator("main").inner_text()

    upload(v, report, CSV_NAME, ibasho_csv())
    for text in ("△1", "約３０", "〃", "H6"):
        assert v.says(text), text
    v.press("この内容で取り込む")
    assert v.says("まだ取り込めません"), "all or nothing"
    assert report.records.count() == 0
    v.page.locator("[name='mend-H6']").fill("1")
    v.press("入力した値で再確認する")
    wait_until_read(v)
    assert v.says("取り込めます"), v.page.locator("main").inner_text()
    v.press("この内容で取り込む")
    assert report.records.count() == 3, v.page.locator("main").inner_text()

    upload(v, report, "居場所_2024-10.xlsx", ibasho_xlsx())
    assert v.says("変更なし")
    assert report.records.count() == 3, "repeating an upload adds nothing"
    v.press("取込みをやめる")
    v.press("取込みをやめる")

    responsible = visit("responsible@aozora.example")
    responsible.goto(f"/records/{report.pk}/do/submit/")
    responsible.press("提出する", exact=False)
    report.refresh_from_db()
    assert report.state == "submitted", responsible.page.locator("main").inner_text()

    tokyo = world.cast.add(world.bodies["13"], Role.DRAFTER, "東 京子", "second@tokyo.example")
    assert tokyo.organisation_id == world.bodies["13"].pk
    prefecture = visit("second@tokyo.example")
    for path in (
        "/",
        "/contractors/",
        f"/contractors/contracts/{contract.pk}/",
        "/records/overview/",
    ):
        prefecture.goto(path)
    prefecture.goto(f"/records/{report.pk}/do/confirm/")
    prefecture.press("確認する", exact=False)
    report.refresh_from_db()
    assert report.state == "confirmed", prefecture.page.locator("main").inner_text()
