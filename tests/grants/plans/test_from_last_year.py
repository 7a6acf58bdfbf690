"""From last year: values named and marked until looked at; nothing typed is lost when forms change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from grants.demo.stories import DEEP
from grants.filings.api import Filing
from grants.kinds.application.kind import judgements
from grants.plans.api import PlanRevision, create_plan, read_content
from grants.plans.models import Section
from grants.programmes.api import open_programme
from portal.access.api import Role
from portal.core.dates import FiscalYear
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
COUNT = 9  # 申請者, 目指す姿, プラットフォーム, 収入, and five activities


def next_year(world: World) -> None:
    now = timezone.localtime()
    world.programme = open_programme(
        actor=world.actor(Role.PROGRAMME_MANAGER),
        fiscal_year=FiscalYear.of(now.date()) + 1,
        window_opens=(now - timedelta(days=3)).strftime("%Y-%m-%d %H:%M"),
        window_closes=(now + timedelta(days=20)).strftime("%Y-%m-%d %H:%M"),
        budget="100000000",
    )


def copied(world: World, client: Client) -> Filing:
    next_year(world)
    client.post(reverse("applications:start"), {"programme": str(world.programme.pk), "copy": "1"})
    return Filing.objects.get(programme=world.programme, grantee=world.nagano)


def section(filing: Filing, key: str) -> str:
    return reverse("plans:section", args=[filing.revision_id, key])


@pytest.fixture
def drafter(world: World) -> Client:
    return client_of(world.actor(Role.DRAFTER))


def test_each_field_shows_the_value_of_the_year_it_came_from(world: World, drafter: Client) -> None:
    old = world.draft(world.nagano, DEEP)
    label = old.programme.year_label
    filing = copied(world, drafter)
    page = drafter.get(section(filing, "vision")).content.decode()
    assert page.count(f"{label}の申請の値") == 1 + 3, "in the banner, and beside each field"
    assert "前年度から写した値" in page
    drafter.post(
        section(filing, "vision"),
        {
            "section_version": "0",
            "issues": "新しい課題",
            "vision": "新しい姿",
            "vision_measure": "",
        },
    )
    page = drafter.get(section(filing, "vision")).content.decode()
    assert DEEP.vision in page, "still beside the new one"
    assert "前年度から写した値です" not in page


def test_a_decided_year_is_named_so(world: World, drafter: Client) -> None:
    old = world.filing("decided", world.nagano)
    filing = copied(world, drafter)
    activity = filing.plan_revision.activities.get(type_code="04")
    page = drafter.get(section(filing, f"activity:{activity.uid}")).content.decode()
    assert f"{old.programme.year_label}の交付決定（最終変更）の値" in page
    assert page.count("data-beside") == 3 + 1 + 1 + (2 + 1 + 1), "each row, the spare, the blank"
    assert "780,000" in page, "12,000 × 65 of the printed leaflet, last year"


def test_sections_are_marked_until_their_writer_saves(world: World, drafter: Client) -> None:
    world.draft(world.nagano, DEEP)
    filing = copied(world, drafter)
    overview = reverse("applications:overview", args=[filing.pk])
    assert f"まだ確かめていない項目が{COUNT}件" in drafter.get(overview).content.decode()
    (found,) = [j for j in judgements(filing) if j.requirement.id == "plan.looked_at"]
    assert (found.state, len(found.problems)) == ("warning", COUNT)
    typed = {"section_version": "0", "issues": "課題", "vision": "姿", "vision_measure": ""}
    drafter.post(section(filing, "vision"), typed, headers={"X-Autosave": "1"})
    assert Section.objects.get(revision=filing.revision_id, key="vision").is_copied, "not looked at"
    drafter.post(section(filing, "vision"), typed | {"section_version": "1", "draft": "1"})
    assert f"まだ確かめていない項目が{COUNT - 1}件" in drafter.get(overview).content.decode()


def test_the_questions_are_as_many_as_without_last_year(
    world: World, drafter: Client, django_assert_max_num_queries: object
) -> None:
    world.draft(world.nagano, DEEP)
    filing = copied(world, drafter)
    activity = filing.plan_revision.activities.get(type_code="07")
    url = section(filing, f"activity:{activity.uid}")
    drafter.get(url)
    with django_assert_max_num_queries(15):
        drafter.get(url)


def test_while_the_approver_has_it_every_section_waits(world: World, drafter: Client) -> None:
    filing = world.filing("awaiting_approval", world.nagano)
    page = drafter.get(reverse("applications:overview", args=[filing.pk]))
    assert page.status_code == 200
    html = page.content.decode()
    assert html.count("決裁待ち") >= 5
    assert "次の項目を入力する" not in html
    assert section(filing, "vision") not in html


def test_what_the_form_no_longer_asks_is_kept_and_shown_once(world: World, drafter: Client) -> None:
    filing = world.draft()
    Section.objects.filter(revision=filing.revision_id, key="vision").update(
        raw={"issues": ["課題"], "vision": ["姿"], "old_question": ["昔の答え"]},
        problems={"/vision": "読めません。"},
    )
    url = section(filing, "vision")
    for _ in range(2):
        page = drafter.get(url).content.decode()
        assert "様式の変更で使わなくなった値" in page
        assert "昔の答え" in page
    typed = {"section_version": "1", "issues": "課題", "vision": "姿", "vision_measure": ""}
    drafter.post(url, typed | {"draft": "1"})
    assert "昔の答え" not in drafter.get(url).content.decode()
    kept = Section.objects.get(revision=filing.revision_id, key="vision")
    assert kept.unused == {"old_question": "昔の答え"}


def test_a_page_opened_before_the_change_loses_nothing(world: World, drafter: Client) -> None:
    filing = world.draft()
    url = section(filing, "vision")
    typed = {"section_version": "1", "issues": "課題", "vision": "姿", "old_question": "打った答え"}
    drafter.post(url, typed | {"draft": "1"})
    assert "打った答え" in drafter.get(url).content.decode()


def test_a_copy_that_nobody_looked_at_seals_the_same_however_its_rows_come(world: World) -> None:
    """Rows that nobody ordered come in any order; a request would seem changed by itself."""
    copied = create_plan(
        actor=world.actor(Role.DRAFTER),
        programme=world.programme,
        grantee=world.nagano,
        copy_from=world.draft().plan_revision,
    )
    found = {
        read_content(PlanRevision.objects.with_everything().get(pk=copied.pk)).unlooked
        for _ in range(8)
    }
    assert len(found) == 1
    assert len(next(iter(found))) > 3
