"""What goes another way: 庁内決裁済み, two writers at once, wrong input, another's address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grants.demo.cases import add_attachments, write_plan
from grants.demo.stories import MIXED
from grants.filings.api import Filing
from platforms.api import AgendaItem
from portal.access.api import Role

from .conftest import Visitor, World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
Enter = Callable[..., Visitor]


def prepared(world: World, body: Any) -> Filing:
    """A plan that meets every requirement, written through the services."""
    drafter = world.cast.actor(body, Role.DRAFTER)
    agenda = list(AgendaItem.objects.of_owner(body.pk))
    filing = write_plan(drafter, world.programme, MIXED, agenda)
    add_attachments(drafter, filing)
    return filing


def test_an_office_that_decides_by_itself_files_with_number_dates_and_paper(
    visit: Enter, world: World
) -> None:
    filing = prepared(world, world.gifu)
    v = visit("drafter@gifu.example")
    v.goto(f"/filings/{filing.pk}/")
    assert not v.page.get_by_role("link", name="決裁を依頼する").count()
    v.press("庁内決裁済みとして提出する")
    v.fill(document_number="8地福", decided_on="令和8年13月1日", issued_on="")
    v.press("庁内決裁済みとして提出する")
    for problem in ("記号と番号", "13月", "施行日を入力", "決裁文書のファイルを追加"):
        assert v.says(problem), problem
    assert v.page.locator("[name=decided_on]").input_value() == "令和8年13月1日", "typed text stays"
    v.fill(document_number="８地福第１２０４号", decided_on="R8.11.20", issued_on="2026/11/21")
    v.page.locator("[name=paper]").set_input_files(
        {"name": "起案.pdf", "mimeType": "application/pdf", "buffer": b"not a pdf"}
    )
    v.press("庁内決裁済みとして提出する")
    assert v.says("添付できない種類") or v.says("PDFとして開けません")
    v.page.locator("[name=paper]").set_input_files(
        {"name": "起案.csv", "mimeType": "text/csv", "buffer": "決裁,済\n".encode()}
    )
    v.press("庁内決裁済みとして提出する")
    assert v.says("受付番号は"), v.page.locator("main").inner_text()
    filing.refresh_from_db()
    sealed = filing.versions.get()
    assert (sealed.document_number, str(sealed.decided_on)) == ("８地福第１２０４号", "2026-11-20")


def test_who_saves_second_sees_both_values_and_overwrites_nothing(
    visit: Enter, world: World
) -> None:
    filing = prepared(world, world.nagano)
    second_person = world.cast.add(world.nagano, Role.DRAFTER, "佐藤 花", "second@nagano.example")
    assert second_person.organisation_id == world.nagano.pk
    path = f"/plans/{filing.revision_id}/section/vision/"
    first, second = visit("drafter@nagano.example"), visit("second@nagano.example")
    first.goto(path)
    second.goto(path)
    first.fill(vision="先に書いた姿。")
    first.press("一時保存する")
    second.fill(vision="後から書いた姿。")
    second.press("一時保存する")
    assert second.says("小林 由佳さんが")
    assert second.says("先に書いた姿。")
    assert second.says("後から書いた姿。")
    filing.plan_revision.refresh_from_db()
    assert filing.plan_revision.vision == "先に書いた姿。"
    second.press("あなたの入力で保存する")
    filing.plan_revision.refresh_from_db()
    assert filing.plan_revision.vision == "後から書いた姿。"


def test_what_cannot_be_read_is_kept_and_stands_against_filing(visit: Enter, world: World) -> None:
    filing = prepared(world, world.nagano)
    activity = filing.plan_revision.activities.get(type_code="07")
    v = visit("drafter@nagano.example")
    path = f"/plans/{filing.revision_id}/section/activity:{activity.uid}/"
    v.goto(path)
    v.page.locator("[name='lines-2-unit_price']").fill("6,000〜6,500")
    v.press("保存して次へ")
    assert v.says("「6,000〜6,500」は1つに決められません")
    v.goto(path)
    assert v.page.locator("[name='lines-2-unit_price']").input_value() == "6,000〜6,500"
    v.goto(f"/filings/{filing.pk}/do/request_approval/")
    v.press("決裁を依頼する")
    assert v.says("1つに決められません")
    filing.refresh_from_db()
    assert filing.state == "draft"


def test_another_prefectures_case_does_not_exist(visit: Enter, world: World) -> None:
    filing = prepared(world, world.nagano)
    stranger = visit("drafter@gifu.example")
    for path in (
        f"/filings/{filing.pk}/",
        f"/applications/{filing.pk}/",
        f"/plans/{filing.revision_id}/section/vision/",
        f"/filings/{filing.pk}/do/request_approval/",
    ):
        answer = stranger.page.goto(stranger.server + path)
        assert answer is not None
        assert answer.status == 404
