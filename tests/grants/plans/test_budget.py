"""経費の一覧: the same yen whichever way they are added up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from grants.filings.api import Filing
from grants.plans import allowance
from grants.plans.budget import budget
from portal.access.api import Role
from tests.grants.plans_of import line, plan, platform, terms, with_activity
from tests.world import World, client_of

WHOLE = with_activity(
    plan(
        platform=platform(
            lines=(
                line("a", amount=100),
                line("b", amount=None, category_code=""),
                line("c", amount=7, delivery="contract", category_code="12"),
            )
        )
    ),
    "07",
    lines=(
        line("d", amount=50, other_funding="exists", other_funding_name="国の調査費"),
        line("e", amount=3, delivery="subsidy", is_eligible=False),
    ),
)


def test_every_level_says_the_same() -> None:
    found = budget(WHOLE, terms())
    assert [h.code for h in found.headings] == ["07", "12", ""], "what is not filled in comes last"
    assert found.whole.total == sum(row.total for row in found.rows) == 100 + 7 + 125_000 + 53
    assert found.whole.by_category == tuple(
        sum(row.by_category[n] for row in found.rows) for n in range(3)
    )
    assert sum(found.whole.by_category) == found.whole.total
    for row in (*found.rows, found.whole):
        assert row.direct + row.contract + row.subsidy == row.total
    assert found.whole.eligible == found.whole.total - 3
    assert (found.whole.lines, found.whole.open_lines) == (6, 1)


def test_other_funding_is_listed_by_its_name() -> None:
    (one,) = budget(WHOLE, terms()).funding
    assert (one.name, one.lines, one.amount, one.eligible) == ("国の調査費", 1, 50, 50)


def test_an_empty_plan_has_a_budget_of_nothing() -> None:
    found = budget(replace(plan(platform=platform(lines=())), activities=()), terms())
    assert (found.whole.total, found.headings) == (0, ())
    assert {share for _, _, share in found.shares} == {"0.0"}


@pytest.fixture
def filing(world: World) -> Filing:
    return world.draft()


@pytest.fixture
def drafter(world: World, filing: Filing) -> Client:
    return client_of(world.actor(Role.DRAFTER))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "words"),
    [
        (None, "まだ示されていません"),
        (9_000_000, "内示額を超えている額"),
        (90_000_000, "内示額までの残り"),
    ],
)
def test_the_page_stands_against_what_was_told(
    drafter: Client, filing: Filing, told: int | None, words: str
) -> None:
    known = list(allowance._find)
    allowance.register_allowance(lambda plan: told)
    try:
        page = drafter.get(reverse("applications:budget", args=[filing.pk])).content.decode()
    finally:
        allowance._find[:] = known
    assert words in page
    assert "千円未満切捨て" in page
    assert "研修のテキスト代" in page


@pytest.mark.django_db
def test_the_office_does_not_see_a_draft(world: World, filing: Filing) -> None:
    reviewer = client_of(world.actor(Role.REVIEWER))
    assert reviewer.get(reverse("applications:budget", args=[filing.pk])).status_code == 404
