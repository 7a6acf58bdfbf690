"""The pages of platforms, of a year and of a plan: seen by axe at two widths, used without mice."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from grants.filings.api import Filing
from platforms.models import Council, CouncilBody, Listing, Platform
from portal.access.api import Role
from tests.portal.ui.conftest import (  # noqa: F401  fixtures
    page,
    violations,
)
from tests.world import World, client_of, ensure_cache_table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def filing(world: World) -> Filing:
    ensure_cache_table()
    return world.draft()


def sign_in(page: Page, server: Any, world: World, role: str) -> None:  # noqa: F811
    name = settings.SESSION_COOKIE_NAME
    value = client_of(world.actor(role)).cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": server.url}])


def councils_of(filing: Filing) -> list[str]:
    council = Council.objects.create(
        owner=filing.grantee, name="地域協議会", established_on=timezone.localdate()
    )
    CouncilBody.objects.create(council=council, order=1, name="県", kind="government")
    names = ("council", "council_edit", "council_bodies", "council_oaths")
    return [reverse(f"platforms:{name}", args=[council.pk]) for name in names]


def pages_of(filing: Filing) -> list[str]:
    platform = Platform.objects.get(owner=filing.grantee)
    meeting = platform.meetings.get(number=2)
    member = platform.members.order_by("name").first()
    activity = filing.plan_revision.activities.order_by("type_code").first()
    return [
        reverse("home"),
        reverse("guideline:table"),
        reverse("programmes:list"),
        filing.programme.get_absolute_url(),
        reverse("applications:overview", args=[filing.pk]),
        reverse("applications:check", args=[filing.pk]),
        reverse("plans:section", args=[filing.revision_id, "platform"]),
        reverse("plans:section", args=[filing.revision_id, f"activity:{activity.uid}"]),
        reverse("platforms:list"),
        platform.get_absolute_url(),
        meeting.get_absolute_url(),
        reverse("platforms:create"),
        reverse("platforms:edit", args=[platform.pk]),
        reverse("platforms:meeting_create", args=[platform.pk]),
        reverse("platforms:meeting_edit", args=[meeting.pk]),
        reverse("platforms:member_create", args=[platform.pk]),
        reverse("platforms:member_edit", args=[member.pk]),
        reverse("platforms:member_end", args=[member.pk]),
        *(
            reverse(f"platforms:{name}", args=[platform.pk])
            for name in (
                "members",
                "import_new",
                "figures",
                "history",
                "groups",
                "milestones",
                "rules",
                "listing",
                "proposals",
            )
        ),
        reverse("platforms:minutes_file", args=[meeting.pk]),
        reverse("platforms:directory"),
        reverse("platforms:entry", args=[platform.listing.pk]),
        reverse("platforms:public"),
        reverse("platforms:councils"),
        reverse("platforms:council_create"),
        *councils_of(filing),
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_keeps_the_writer_out(
    live_server: Any,
    page: Page,  # noqa: F811
    world: World,
    filing: Filing,
    width: int,
) -> None:
    Listing.objects.update(audience="public", figures="public", members="public")
    sign_in(page, live_server, world, Role.DRAFTER)
    page.set_viewport_size({"width": width, "height": 900})
    for path in pages_of(filing):
        page.goto(live_server.url + path)
        assert violations(page) == [], path
        assert page.evaluate(TOO_WIDE) <= 0, path


def test_nothing_keeps_the_manager_of_a_year_out(
    live_server: Any,
    page: Page,  # noqa: F811
    world: World,
    filing: Filing,
) -> None:
    sign_in(page, live_server, world, Role.PROGRAMME_MANAGER)
    year = filing.programme.get_absolute_url()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for path in (year, f"{year}extend/", f"{year}grant_cap/", f"{year}first_eligible_day/"):
            page.goto(live_server.url + path)
            assert violations(page) == [], path
            assert page.evaluate(TOO_WIDE) <= 0, path


def test_a_number_is_asked_about_and_an_item_added(
    live_server: Any,
    page: Page,  # noqa: F811
    world: World,
    filing: Filing,
) -> None:
    sign_in(page, live_server, world, Role.DRAFTER)
    platform = Platform.objects.get(owner=filing.grantee)
    page.goto(live_server.url + reverse("platforms:meeting_create", args=[platform.pk]))
    page.fill("[name=held_on]", "令和7年6月1日")
    page.fill("[name=attendance_public]", "3")
    page.fill("[name=attendance_private]", "9")
    page.get_by_role("radio", name="民間").check()
    page.fill("[name=agenda-0-title]", "居場所の担い手")
    page.get_by_role("button", name="議題を追加する").click()
    page.fill("[name=agenda-1-title]", "県社協（026-235-0000）との協働")
    page.get_by_role("button", name="登録する").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("checkbox", name="026-235-0000は団体の番号なので残す").check()
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("第3回会議")
    titles = platform.meetings.get(number=3).agenda_items.order_by("order")
    assert [item.title for item in titles] == ["居場所の担い手", "県社協（026-235-0000）との協働"]
