"""How an office decides: a route, a draft for the paper file, 代決, filing, and a handover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from grants.filings.api import Filing
from portal.access.api import Role
from portal.documents.api import Document
from tests.running import wait_for
from tests.world import World

from .conftest import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
Enter = Callable[..., Visitor]
PEOPLE = (("財政 二", "finance@nagano.example"), ("部長 三", "director@nagano.example"))


def make_route(v: Visitor) -> None:
    v.goto("/approvals/routes/")
    v.press("経路を追加する")
    v.press("経路を保存する")
    assert v.says("経路の名称を入力してください"), v.page.locator("main").inner_text()
    v.fill(name="部長決裁")
    for n, (kind, name) in enumerate(
        (("approve", "宮澤 誠一"), ("concur", "財政 二"), ("approve", "部長 三"))
    ):
        if v.page.locator(f"[name='seats-{n}-kind']").count() == 0:
            v.press("順番を追加する")
        v.page.locator(f"[name='seats-{n}-kind']").select_option(kind)
        v.page.locator(f"[name='seats-{n}-membership']").select_option(label=name)
    v.press("経路を保存する")
    assert v.says("部長決裁")


def print_draft(v: Visitor, filing: Filing) -> None:
    v.goto(f"/applications/{filing.pk}/")
    v.press("下書きを印刷する")
    v.press("下書きのPDFを作る")
    wait_for(lambda: Document.objects.filter(kind="application_draft", state="ready").count() == 1)


def declare_absence(v: Visitor, deputy: str) -> None:
    today = f"{timezone.localdate():%Y-%m-%d}"
    v.goto("/people/absences/declare/")
    v.fill(starts_on=today, ends_on=today)
    label = f"{deputy}（決裁者）"
    v.page.locator("select[name=deputy]").select_option(label=label)
    v.press("不在を届け出る")
    assert v.says(deputy)


def go_round(visit: Enter, filing: Filing, has_scripts: bool) -> None:
    """承認, 合議 by a deputy, and the last one files."""
    first = visit("approver@nagano.example", has_scripts)
    first.goto("/approvals/")
    first.press(str(filing))
    first.fill(comment="事業の内容は適当です。")
    first.press("承認して次へ回す")

    finance = visit(PEOPLE[0][1], has_scripts)
    director = visit(PEOPLE[1][1], has_scripts)
    director.goto(f"/approvals/{filing.pk}/")
    assert director.says("いまは、ほかの人の順番です")
    declare_absence(finance, "課長補佐 四")
    deputy = visit("deputy@nagano.example", has_scripts)
    deputy.goto("/approvals/")
    assert deputy.says("財政 二さんの代わり")
    deputy.press(str(filing))
    deputy.press("承認して次へ回す")

    director.goto(f"/approvals/{filing.pk}/")
    assert director.says("財政 二の代決")
    director.press("承認して提出する")
    assert director.says("受付番号は"), director.page.locator("main").inner_text()


def hand_over(v: Visitor, successor: str) -> None:
    v.goto("/people/handovers/declare/")
    v.page.locator("select[name=successor]").select_option(label=f"{successor}（起案者）")
    v.fill(effective_on=f"{timezone.localdate():%Y-%m-%d}", note="差戻しがあれば続けてください。")
    v.press("引き継ぐ")
    assert v.says(successor)
    v.goto("/")
    assert v.says("閲覧だけができます")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_request_goes_round_and_a_role_is_handed_over(
    visit: Enter, world: World, worker: Any, has_scripts: bool
) -> None:
    head = world.actor(Role.APPROVER, world.nagano)
    for name, login in (*PEOPLE, ("課長補佐 四", "deputy@nagano.example")):
        world.cast.add(world.nagano, Role.APPROVER, name, login)
    world.cast.actors[world.nagano.pk, Role.APPROVER] = head
    filing = world.draft()
    world.cast.add(world.nagano, Role.DRAFTER, "後任 花", "next@nagano.example")
    make_route(visit("prefecture-admin@nagano.example", has_scripts))

    drafter = visit("drafter@nagano.example", has_scripts)
    print_draft(drafter, filing)
    drafter.goto(f"/filings/{filing.pk}/do/request_approval/")
    drafter.fill(note="積算の根拠を見てください。")
    drafter.press("決裁を依頼する")
    assert drafter.says("決裁待ち"), drafter.page.locator("main").inner_text()
    go_round(visit, filing, has_scripts)
    hand_over(drafter, "後任 花")
    assert visit("next@nagano.example", has_scripts).says("差戻しがあれば続けてください。")
