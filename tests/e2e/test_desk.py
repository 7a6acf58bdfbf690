"""The Cabinet Office's day: sharing out, reviewing with a second reader, asking three bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grants.demo.cases import add_attachments, see_everything, submit, write_plan
from grants.demo.desk import add_second_reviewer
from grants.demo.stories import LIGHT
from grants.filings.api import Filing
from grants.inquiries.api import Inquiry, Reply
from platforms.api import AgendaItem
from portal.access.api import Role
from portal.outbox.api import drain

from .conftest import Visitor, World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
Enter = Callable[..., Visitor]


def filed(world: World, body: Any) -> Filing:
    drafter = world.cast.actor(body, Role.DRAFTER)
    agenda = list(AgendaItem.objects.of_owner(body.pk))
    filing = write_plan(drafter, world.programme, LIGHT[0], agenda)
    add_attachments(drafter, filing)
    return submit(world.cast, filing)


def share_out(v: Visitor, filings: list[Filing], to: str) -> None:
    v.goto("/reviews/?sort=body")
    for filing in filings:
        v.page.locator(f"main input[name=filing][value='{filing.pk}']").check()
    v.press("審査担当を割り当てる")
    v.page.locator("main select[name=reviewer]").select_option(label=to)
    v.press("この人で確かめる")
    assert v.says("2件について行います")
    v.fill(reason="地区の担当")
    v.press("審査担当を割り当てる")
    assert v.says("2件を行いました"), v.page.locator("main").inner_text()


def test_shared_out_reviewed_with_a_second_reader_and_three_bodies_asked(
    visit: Enter, world: World
) -> None:
    filings = [filed(world, body) for body in (world.nagano, world.gifu)]
    add_second_reviewer(world.cast, world.office)
    share_out(visit("decider@cao.example"), filings, "高橋 直人")

    v = visit("reviewer@cao.example")
    filing = filings[0]
    v.goto("/reviews/?reviewer=me")
    assert v.says("長野県")
    assert v.says("岐阜県")
    v.page.locator("main summary").first.click()
    v.fill(name="自分の分")
    v.press("いまの条件を保存する")
    assert v.says("自分の分")
    v.page.locator(f"main input[name=filing][value='{filing.pk}']").check()
    v.press("審査を始める")
    v.tick("no_conflict")
    v.press("審査を始める")
    v.goto(f"/reviews/{filing.pk}/")
    v.press("メモを書く")
    v.fill(text="契約の後に、除外要件の確認の記録を見る。")
    v.press("メモを保存する")
    v.press("二次確認者を決める")
    v.page.locator("main select[name=reader]").select_option(label="三浦 楓")
    v.press("二次確認者を決める")
    see_everything(world.cast, world.office, Filing.objects.get(pk=filing.pk))
    v.goto(f"/filings/{filing.pk}/do/finish_review/")
    assert v.says("二次確認者（三浦 楓さん）の確認が済んでいません")

    second = visit("reviewer2@cao.example", has_scripts=False)
    second.goto(f"/reviews/{filing.pk}/")
    second.press("二次確認を記録する")
    second.fill(opinion="差し支えない。")
    second.press("二次確認を記録する")
    v.goto(f"/filings/{filing.pk}/do/finish_review/")
    v.fill(opinion="交付が適当。")
    v.press("審査を終える")
    assert Filing.objects.get(pk=filing.pk).state == "reviewed"

    three_bodies_asked(visit, v, world)


def three_bodies_asked(visit: Enter, v: Visitor, world: World) -> None:
    v.goto("/inquiries/")
    v.press("照会を書く")
    v.fill(title="相談窓口の数", text="窓口の数を教えてください。", due_on="2099年4月1日")
    for body in (world.nagano, world.gifu, world.tottori):
        v.tick("grantees", str(body.pk))
    v.press("下書きを保存する")
    v.press("照会する")
    v.press("照会する")
    inquiry = Inquiry.objects.get()
    assert Reply.objects.filter(inquiry=inquiry).count() == 3
    drain()

    drafter = visit("drafter@nagano.example", has_scripts=False)
    drafter.goto("/")
    drafter.press("相談窓口の数")
    assert drafter.says("報告の徴求でもありません")
    assert not drafter.says("鳥取県")
    drafter.press("回答する")
    drafter.fill(text="11か所です。")
    drafter.page.locator("[name=file]").set_input_files(
        {"name": "窓口.csv", "mimeType": "text/csv", "buffer": "窓口,11\n".encode()}
    )
    drafter.press("回答する")
    assert drafter.says("窓口.csv")

    v.goto(f"/inquiries/{inquiry.pk}/")
    assert v.says("11か所です。")
    assert v.says("3団体のうち、未回答 2、未確認 1")
    with v.page.expect_download() as download:
        v.page.get_by_role("link", name="Excelで出力する").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    v.press("確認済みにする", exact=False)
    v.press("確認済みにする")
    assert v.says("未確認 0")
    v.press("回答を催促する")
    v.press("回答を催促する")
    assert v.says("2団体に催促しました")
    for path in ("/reviews/conflicts/", "/reviews/conflicts/declare/", "/reviews/questions/"):
        v.goto(path)
    v.goto("/people/absences/")
    v.press("不在を届け出る")
