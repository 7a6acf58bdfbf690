"""What is typed survives a lost connection and an ended session, for the one who typed it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db.models import F

from grants.records.models import ActivityRecord
from inspections.visits.api import Visit
from portal.access.api import Role
from tests.grants.contracts import NOW, Deal, make_deal
from tests.inspections.visits.test_visits import notify, plan
from tests.world import World, build_world, ensure_cache_table

from .conftest import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
Enter = Callable[..., Visitor]
LOST, BACK = "通信できないため、送っていません", "送れなかった入力を戻しました"


@pytest.fixture
def deal(transactional_db: None) -> Iterator[Deal]:
    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        yield make_deal(build_world())


@pytest.fixture
def world(deal: Deal) -> World:
    return deal.world


def typed(v: Visitor, name: str) -> str:
    return v.page.locator(f"main [name='{name}']").input_value()


def send(v: Visitor, button: str) -> None:
    """Pressed where the page stays: nothing is loaded that could be waited for."""
    v.page.get_by_role("button", name=button, exact=True).click()


def leads_to_the_banner(v: Visitor) -> bool:
    """It is in sight and has the focus, so that nobody looks at a button that did nothing."""
    found = v.page.evaluate(
        """() => {
          const banner = document.getElementById("kept");
          const {top, bottom} = banner.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight && document.activeElement === banner;
        }"""
    )
    return bool(found)


def lose(v: Visitor, button: str) -> None:
    v.page.context.set_offline(True)
    send(v, button)
    v.page.get_by_text(LOST).wait_for()
    assert leads_to_the_banner(v), "pressed at the end of a long page, said at its top"
    v.page.context.set_offline(False)


@pytest.fixture
def inspector(deal: Deal, visit: Enter) -> Visitor:
    """At the record of a visit, with one line typed into the table's first row."""
    noticed = notify(deal.world, plan(deal.world, deal.award))
    v = visit("inspector@cao.example")
    v.goto(f"/visits/{noticed.pk}/record/")
    v.fill(present="見本 太郎", items__0__what="消耗品費　行事用品", items__0__amount="148,600")
    return v


def test_a_record_of_a_visit_outlives_the_connection(inspector: Visitor) -> None:
    v = inspector
    v.page.locator("[data-rows=items] button[name=add_row]").click()
    v.fill(items__1__what="会場の借上げ", items__1__amount="30,000")
    v.pick(items__1__result="in_order")
    lose(v, "記録を保存する")
    v.look()
    assert typed(v, "present") == "見本 太郎", "the page stays as it was"
    record = v.page.url
    v.goto("/")
    v.goto(record)
    assert v.says(BACK)
    assert [typed(v, f"items-{n}-what") for n in (0, 1)] == ["消耗品費　行事用品", "会場の借上げ"]
    assert typed(v, "items-1-result") == "in_order"
    v.press("記録を保存する")
    assert [item.amount for item in Visit.objects.get().items.all()] == [148_600, 30_000]
    v.goto(record)
    assert not v.says(BACK), "what is stored waits no more"


def test_who_leaves_without_saving_finds_nothing(inspector: Visitor) -> None:
    v, record = inspector, inspector.page.url
    lose(v, "記録を保存する")
    v.press("保存せずに戻る")
    v.goto(record)
    assert (v.says(BACK), typed(v, "present")) == (False, "")


def test_what_is_brought_back_can_be_thrown_away(inspector: Visitor) -> None:
    v = inspector
    lose(v, "記録を保存する")
    v.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    v.page.reload()
    assert v.says(BACK)
    v.page.wait_for_timeout(200)
    assert leads_to_the_banner(v)
    v.press("戻した入力を捨てる")
    assert (v.says(BACK), typed(v, "present")) == (False, "")


def test_somebody_elses_record_is_not_written_over(inspector: Visitor) -> None:
    v = inspector
    lose(v, "記録を保存する")
    Visit.objects.update(version=F("version") + 1)
    v.page.reload()
    assert v.says("その後に別の保存がありました")
    assert typed(v, "present") == ""
    v.page.get_by_role("link", name="残した入力を戻す").click()
    assert typed(v, "present") == "見本 太郎"


def test_another_person_at_the_same_computer_sees_nothing_of_it(inspector: Visitor) -> None:
    v, record = inspector, inspector.page.url
    lose(v, "記録を保存する")
    v.page.evaluate("document.body.dataset.person = 'another'")
    kept = v.page.evaluate(
        "() => import('/static/js/kept.js').then(({Kept}) =>"
        " new Kept(document.querySelector('form[data-keep]'), location.href).read())"
    )
    assert kept is None
    v.page.context.clear_cookies()
    send(v, "記録を保存する")
    v.page.get_by_role("link", name="ログインする").wait_for()
    assert v.page.url == record, "an ended session takes nothing away"


def test_a_months_record_is_typed_on_a_phone_without_a_connection(deal: Deal, visit: Enter) -> None:
    contract = deal.concluded()
    actor = deal.world.cast.add(
        contract.contractor.organisation, Role.RECORDER, "入力 花子", "recorder@mirai.example"
    )
    contract.people.create(user_id=actor.user_id, role=Role.RECORDER)
    v = visit("recorder@mirai.example")
    v.page.set_viewport_size({"width": 390, "height": 844})
    v.goto(f"/records/{deal.month(contract).pk}/enter/")
    v.fill(municipality_name="八王子市", lg_code="13201", venue="縁側", held_on="R6.10.5")
    v.fill(sessions="1", attend_total="12")
    lose(v, "登録して次を入力する")
    v.page.reload()
    assert (v.says(BACK), typed(v, "venue")) == (True, "縁側")
    v.press("登録して次を入力する")
    assert v.says("記録を登録しました")
    assert (ActivityRecord.objects.get().venue, typed(v, "venue")) == ("縁側", "")
