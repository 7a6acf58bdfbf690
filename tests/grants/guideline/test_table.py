"""要領対応表: all clauses, said plainly, and no link that its reader may not follow."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from grants.guideline.api import clauses, table, uncarried
from portal.access.api import Role
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db
SEEING = [Role.DRAFTER, Role.APPROVER, Role.REVIEWER, Role.DECIDER, Role.PROGRAMME_MANAGER]


def test_all_clauses_in_the_guidelines_order() -> None:
    rows = table()
    assert len(rows) == 35
    assert [row.clause.number for row in rows] == list(clauses())


@pytest.mark.parametrize("number", ["3(1)-2", "4(1)①", "4(1)②", "4(2)"])
def test_platforms_carry_their_clauses(number: str) -> None:
    row = next(row for row in table() if row.clause.number == number)
    assert "platforms:list" in {carrier.url_name for carrier in row.carriers}


def test_what_nothing_carries_is_said_with_its_count(world: World) -> None:
    page = client_of(world.actor(Role.DRAFTER)).get(reverse("guideline:table")).content.decode()
    assert page.count('<span class="soft">未対応</span>') == len(uncarried())
    assert f"対応 {35 - len(uncarried())}／35項目" in page
    if uncarried():
        assert f"まだ対応していない項目が{len(uncarried())}件あります" in page


@pytest.mark.parametrize("role", [*SEEING, Role.SYSTEM_ADMIN])
def test_a_link_never_leads_to_a_refusal(world: World, role: Role) -> None:
    ensure_cache_table()
    client = client_of(world.actor(role))
    page = client.get(reverse("guideline:table")).content.decode()
    inside = page[page.index("<tbody>") : page.index("</tbody>")]
    links = set(re.findall(r'href="([^"]+)"', inside))
    assert (reverse("platforms:list") in links) == (role in SEEING)
    for link in links:
        assert client.get(link).status_code == 200, link
