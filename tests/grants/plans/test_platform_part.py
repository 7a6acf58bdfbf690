"""The platform part takes over what was registered; the budget says each line's amount."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants.demo.cases import make_platform
from grants.filings.api import Filing
from grants.kinds.api import start_application
from platforms.models import Platform
from portal.access.api import Role
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform(world: World) -> Platform:
    ensure_cache_table()
    return make_platform(world.nagano)[0].meeting.platform


@pytest.fixture
def filing(world: World, platform: Platform) -> Filing:
    return start_application(actor=world.actor(Role.DRAFTER), programme=world.programme)


@pytest.fixture
def drafter(world: World) -> Client:
    return client_of(world.actor(Role.DRAFTER))


def section(filing: Filing) -> str:
    return reverse("plans:section", args=[filing.revision_id, "platform"])


def save(client: Client, filing: Filing, *, script: bool = False, **fields: Any) -> Any:
    data = {
        "section_version": "0",
        "draft": "1",
        "lines-TOTAL_FORMS": "0",
        "lines-INITIAL_FORMS": "0",
        **fields,
    }
    headers = {"X-Autosave": "1"} if script else {}
    return client.post(section(filing), data, headers=headers)


def test_what_is_empty_is_taken_from_the_registered_one(
    drafter: Client, filing: Filing, platform: Platform
) -> None:
    assert save(drafter, filing, platform=str(platform.pk)).status_code == 302
    revision = Filing.objects.get(pk=filing.pk).plan_revision
    assert revision.platform == platform
    assert revision.platform_name == platform.name
    assert (revision.platform_form, revision.platform_existing_body) == (
        "extended",
        "地域共生社会推進会議",
    )
    assert (revision.platform_members, revision.platform_private_members) == (7, 5)


def test_what_was_typed_stands(drafter: Client, filing: Filing, platform: Platform) -> None:
    typed = {"platform_name": "別の名称", "platform_form": "new", "platform_members": "4団"}
    save(drafter, filing, platform=str(platform.pk), **typed)
    revision = Filing.objects.get(pk=filing.pk).plan_revision
    assert revision.platform_name == "別の名称"
    assert (revision.platform_form, revision.platform_existing_body) == ("new", "")
    assert revision.platform_members is None
    assert "4団" in drafter.get(section(filing)).content.decode()


def test_the_platform_of_the_neighbour_cannot_be_chosen(
    drafter: Client, filing: Filing, world: World
) -> None:
    theirs = make_platform(world.gifu)[0].meeting.platform
    save(drafter, filing, platform=str(theirs.pk))
    revision = Filing.objects.get(pk=filing.pk).plan_revision
    assert revision.platform is None
    assert revision.platform_name == ""
    assert theirs.name not in drafter.get(section(filing)).content.decode()


def test_the_page_leads_to_where_meetings_are_registered(drafter: Client, filing: Filing) -> None:
    page = drafter.get(section(filing)).content.decode()
    assert f'<a href="{reverse("platforms:list")}">プラットフォームの画面</a>' in page


def line(number: int, quantity: str, price: str) -> dict[str, str]:
    row = {"item": "会場", "quantity": quantity, "unit": "回", "unit_price": price}
    return {f"lines-{number}-{name}": value for name, value in row.items()}


def test_each_line_says_its_amount(drafter: Client, filing: Filing) -> None:
    lines = {
        **line(0, "１２", "1,500円"),
        **line(1, "3", "6000～6500"),
        "lines-TOTAL_FORMS": "2",
    }
    answer = save(drafter, filing, script=True, **lines)
    assert answer.json()["totals"]["[data-amount='lines-0']"] == "18,000"
    assert answer.json()["totals"]["[data-amount='lines-1']"] == "—"
    assert answer.json()["totals"]["[data-total=lines]"] == "18,000"
    page = drafter.get(section(filing)).content.decode()
    assert 'data-amount="lines-0">18,000</td>' in page
    assert 'data-amount="lines-1">—</td>' in page
    assert 'data-total="lines">18,000</td>' in page


def test_the_home_page_offers_the_next_step(world: World, drafter: Client) -> None:
    ensure_cache_table()
    filing = world.draft()
    check = reverse("applications:check", args=[filing.pk])
    assert check in drafter.get("/").content.decode()
    filing.plan_revision.sections.filter(key="vision").update(is_checked=False)
    page = drafter.get("/").content.decode()
    assert "続きから入力する" in page
    assert check not in page


def test_points_without_an_answer_come_first(world: World, drafter: Client) -> None:
    ensure_cache_table()
    filing = world.filing("returned")
    page = drafter.get("/").content.decode()
    assert "確認事項に回答する" in page
    assert filing.get_absolute_url() in page
