"""The values of a year: read as they are written, grouped once each, kept when they change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from grants.programmes.api import Programme
from grants.programmes.groups import GROUPS
from grants.programmes.keys import BY_NAME, KEYS
from grants.programmes.services import complete_programmes
from grants.programmes.value_kinds import BODIES, Key
from portal.access.api import Role
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_a_form_starts_with_a_text_that_it_takes_back(key: Key) -> None:
    value = key.kind.read(key.first)
    assert key.kind.read(key.kind.write(value)) == value
    assert key.kind.show(value)


def test_every_value_stands_in_one_group() -> None:
    grouped = [name for _, _, names in GROUPS for name in names]
    assert sorted(grouped) == sorted(key.name for key in KEYS)


@pytest.mark.parametrize("text", ["都道府県", "prefecture", " 都道府県 ,"])
def test_bodies_are_named_as_people_name_them(text: str) -> None:
    assert BODIES.read(text) == ("prefecture",)


@pytest.mark.parametrize("text", ["", "市町村連合", "都道府県、だれか"])
def test_bodies_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="から選び"):
        BODIES.read(text)


@pytest.fixture
def manager(world: World) -> Client:
    return client_of(world.actor(Role.PROGRAMME_MANAGER))


def page_of(client: Client, world: World) -> str:
    return client.get(world.programme.get_absolute_url()).content.decode()


def test_before_now_and_to_come_stand_beside_each_other(manager: Client, world: World) -> None:
    url = f"{world.programme.get_absolute_url()}grant_cap/"
    today = timezone.localdate()
    for days, text, source in (
        (0, "９，０００，０００円", "通知1号"),
        (30, "8,000,000", "通知2号"),
    ):
        day = today + timedelta(days=days)
        data = {"text": text, "effective_from": day.isoformat(), "source": source}
        assert manager.post(url, data).status_code == 302
    page = page_of(manager, world)
    assert "<b>9,000,000円</b>" in page
    assert "から 8,000,000円<br>通知2号" in page
    assert "前の値（1件）" in page
    assert world.programme.terms(today + timedelta(days=31)).grant_cap == 8_000_000


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        ("grant_rate", "3", "交付率：0より大きく1以下にしてください。"),
        ("grant_rate", "", "交付率を入力してください。"),
        ("window_closes", "来週", "申請の締切：「2026-03-13 17:00」のように"),
        ("first_eligible_day", "someday", "は、一覧から選び直してください。"),
        ("addressee", "  ", "宛名を入力してください。"),
    ],
)
def test_a_value_that_cannot_be_read_is_said(
    manager: Client, world: World, key: str, text: str, message: str
) -> None:
    url = f"{world.programme.get_absolute_url()}{key}/"
    answer = manager.post(url, {"text": text, "effective_from": "", "source": "根拠です"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert 'value="根拠です"' in page


def test_no_limit_is_not_zero(manager: Client, world: World) -> None:
    url = f"{world.programme.get_absolute_url()}base_amount/"
    data = {"text": "", "effective_from": timezone.localdate().isoformat(), "source": "要綱"}
    assert manager.post(url, data).status_code == 302
    world.programme.refresh_from_db()
    assert "<b>定めなし</b>" in page_of(manager, world)


def test_an_extension_is_shown_with_its_reason(manager: Client, world: World) -> None:
    url = f"{world.programme.get_absolute_url()}extend/"
    closes = timezone.localdate() + timedelta(days=40)
    data = {
        "grantee": str(world.gifu.pk),
        "closes_on": closes.isoformat(),
        "reason": "大雪で庁舎が閉じたため",
    }
    assert manager.post(url, data).status_code == 302
    page = page_of(manager, world)
    assert "大雪で庁舎が閉じたため" in page
    assert world.gifu.name in page


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.REVIEWER, Role.AUDITOR])
def test_who_may_only_read_is_offered_no_change(world: World, role: Role) -> None:
    page = page_of(client_of(world.actor(role)), world)
    assert "変えられるのは、内閣府の制度管理者です" in page
    assert "変える<span" not in page
    assert "締切を延ばす" not in page


def test_a_release_adds_a_value_and_open_years_get_its_first(world: World) -> None:
    """What the year has already, an earlier day of the same key too, stays as it is."""
    world.programme.values.filter(key="unusual_percent").delete()
    world.programme.values.filter(key="due_soon_days").update(text="3")
    complete_programmes()
    complete_programmes()
    terms = Programme.objects.get(pk=world.programme.pk).terms()
    assert (terms.unusual_percent, terms.due_soon_days) == (30, 3)
    added = world.programme.values.get(key="unusual_percent")
    assert added.source == BY_NAME["unusual_percent"].source
