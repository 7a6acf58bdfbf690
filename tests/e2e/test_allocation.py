"""The year before the application in one go: survey, two answers, what-if, 内示, application within it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grants.allocations.api import Promise
from grants.filings.api import Filing
from grants.kinds.application.kind import payload as application_payload
from grants.programmes.api import Ledger
from portal.accounts.api import Organisation
from portal.audit.api import verify
from portal.documents.api import Document
from tests.running import wait_for
from tests.world import World

from .applying import request_and_approve
from .conftest import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
Enter = Callable[[str, bool], Visitor]


def open_survey(v: Visitor) -> None:
    v.goto("/needs/")
    v.press("調査・協議を始める")
    v.page.locator("main select[name=round]").select_option(index=1)
    v.tick("kind", "needs")
    v.fill(due_on="令和30年3月31日", questions="議会の時期を教えてください。")
    v.press("始めて知らせる")
    assert v.says("始めました")


def write_answer(v: Visitor, wish: str) -> str:
    """Two activities of one size, of which half is wished; returns the filing's id."""
    v.goto("/needs/")
    v.press("回答を始める", exact=False)
    for code in ("04", "07"):
        for name in ("total", "eligible"):
            v.page.locator(f"[name='{code}-{name}']").fill(wish)
        v.page.locator(f"[name='{code}-count']").fill("1")
        v.page.locator(f"[name='{code}-wish']").fill(str(int(wish) // 2))
    v.fill(contact_name="小林 由佳")
    v.press("保存して計算する")
    assert v.says("聞かれたことへの回答がありません"), "what stands against it is said"
    v.fill(answer="2月の定例会です。")
    v.press("保存して計算する")
    return v.page.url.rstrip("/").rpartition("/")[2]


def answer_in_portal(drafter: Visitor, approver: Visitor, wish: str) -> None:
    filing = write_answer(drafter, wish)
    drafter.goto(f"/filings/{filing}/do/request_approval/")
    drafter.press("決裁を依頼する")
    approver.goto(f"/filings/{filing}/do/submit/")
    approver.press("承認して提出する")
    assert approver.says("受付番号は")


def answer_on_paper(drafter: Visitor, wish: str) -> None:
    filing = write_answer(drafter, wish)
    drafter.goto(f"/filings/{filing}/do/submit_decided/")
    drafter.fill(document_number="8地福第9号")
    drafter.page.locator("input[name=paper]").set_input_files(
        {"name": "決裁.csv", "mimeType": "text/csv", "buffer": "決裁,済\n".encode()}
    )
    drafter.press("庁内決裁済みとして提出する")
    assert drafter.says("受付番号は")


def share_out(v: Visitor) -> str:
    """Tries a table, keeps it, makes another from it; returns the address of the second."""
    v.goto("/needs/")
    v.follow(v.page.locator("main .task-list a").first)
    assert v.says("まだ回答のない団体")
    v.goto("/allocations/")
    v.follow(v.page.locator("main th a").first)
    v.press("配分案を作る")
    v.fill(available="9,000,000")
    v.press("計算する")
    assert v.says("9,000,000")
    v.press("この案を保存する")
    assert v.says("配分案1を保存しました")
    v.press("この案をもとに作り直す")
    v.page.locator("[name='body20-fixed']").fill("1000")
    v.fill(available="9,000,000")
    v.press("この案を保存する")
    assert v.says("配分案2を保存しました")
    v.press("配分案1", nth=1)
    assert v.says("この案との差")
    return v.page.url.partition("?")[0]


def promise(v: Visitor, table: str) -> None:
    v.goto(table)
    v.press("この案で内示する")
    assert v.says("希望額の提出がありません")
    v.page.locator("main input[name=numbering][value=list]").check()
    v.fill(number_list="岐阜県 府孤推第701号")
    v.press("内示する")
    assert v.says("1行あります"), "one line a body"
    v.fill(number_list="長野県 府孤推第701号\n岐阜県 府孤推第702号")
    v.press("番号を確かめる")
    assert v.says("府孤推第702号")
    v.press("内示する")
    assert v.says("できたもの")


def keep_within(application: Filing, promise: int) -> None:
    """Incomes that leave the promise, in yen, of what may be applied for at a rate of one half."""
    amounts = application_payload(application)["amounts"]
    cost = int(amounts["a"])
    application.plan_revision.incomes.all().delete()
    application.plan_revision.incomes.create(label="寄附金", amount=cost - 2 * promise)


@pytest.mark.usefixtures("worker")
def test_from_the_survey_to_an_application_within_its_promise(visit: Enter, world: World) -> None:
    manager = visit("manager@cao.example", True)
    open_survey(manager)
    drafter, approver = (
        visit("drafter@nagano.example", True),
        visit("approver@nagano.example", True),
    )
    answer_in_portal(drafter, approver, "8000000")
    answer_on_paper(visit("drafter@gifu.example", True), "12000000")
    table = share_out(visit("reviewer@cao.example", True))
    promise(visit("decider@cao.example", True), table)
    nagano: Any = Organisation.objects.get(name="長野県")
    assert Promise.objects.get(grantee=nagano).amount == 1_000
    assert Ledger.objects.get().promised == Promise.objects.get(grantee=world.gifu).amount + 1_000
    wait_for(lambda: Document.objects.filter(kind="notice_of_promise", state="ready").count() == 2)
    drafter.goto("/")
    assert drafter.says("1,000円")
    application = world.draft(world.nagano)
    drafter.goto(f"/filings/{application.pk}/do/request_approval/")
    assert drafter.says("内示額（1,000円）"), "above it, the filing is stopped"
    keep_within(application, 1_000)
    request_and_approve(drafter, approver, str(application.pk))
    assert verify() == []
