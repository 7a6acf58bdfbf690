"""What was learnt: similar findings and frequent faults, without naming one body to another."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.findings.lessons import lessons, similar_to
from portal.access.api import Role
from tests.inspections.findings.test_findings import issued, page, upheld
from tests.inspections.visits.test_visits import award_of, reported
from tests.world import World, client_of

SECRET = "岐阜の会場の弁当代"


@pytest.mark.django_db
class TestSimilar:
    def test_a_body_is_not_named_to_another(self, world: World) -> None:
        mine = upheld(world, reported(world))
        upheld(world, reported(world, award_of(world, world.gifu)), title=SECRET)
        url = mine.get_absolute_url()
        seen = page(client_of(world.actor(Role.DRAFTER)), url)
        assert "ほかに1団体あります" in seen
        assert SECRET not in seen
        assert "岐阜県" not in seen
        office = page(client_of(world.actor(Role.INSPECTOR)), url)
        assert SECRET in office
        assert "岐阜県" in office

    @pytest.mark.parametrize(
        ("changed", "others"),
        [
            ({}, 1),
            ({"code": "papers_not_kept"}, 0),
            ({"code": "papers_not_kept", "clause_number": "2(2)-1"}, 1),
        ],
        ids=["same-fault", "neither", "same-clause"],
    )
    def test_the_same_fault_or_the_same_clause(
        self, world: World, changed: dict[str, str], others: int
    ) -> None:
        mine = upheld(world, reported(world), clause_number="2(2)-1")
        upheld(world, reported(world, award_of(world, world.gifu)), **changed)
        assert similar_to(mine, world.actor(Role.DRAFTER)).others == others

    def test_what_was_not_ruled_teaches_nothing(self, world: World) -> None:
        mine = upheld(world, reported(world))
        issued(world, reported(world, award_of(world, world.gifu)))
        assert similar_to(mine, world.actor(Role.INSPECTOR)).others == 0
        assert [row.total for row in lessons().by_fault] == [1]


@pytest.mark.django_db
def test_the_frequent_faults_first(world: World) -> None:
    visit = reported(world)
    upheld(world, visit, code="papers_not_kept", clause_number="2(2)-1")
    for _ in range(2):
        upheld(world, visit)
    found = lessons()
    assert [(row.label, row.total, row.bodies) for row in found.by_fault] == [
        ("対象外経費", 2, 1),
        ("書類保存不備", 1, 1),
    ]
    assert [row.total for row in found.by_clause] == [1]
    for role in (Role.DRAFTER, Role.INSPECTOR, Role.AUDITOR):
        seen = page(client_of(world.actor(role)), "/findings/lessons/")
        assert "対象外経費" in seen
        assert "長野県の" not in seen
    with CaptureQueriesContext(connection) as captured:
        lessons()
    assert len(captured) == 3


@pytest.mark.django_db
def test_writers_of_a_plan_see_the_faults_that_they_could_make_there(world: World) -> None:
    upheld(world, reported(world))
    revision = world.draft(world.gifu).plan_revision
    writer = client_of(world.actor(Role.DRAFTER, world.gifu))
    section = revision.activities.order_by("order")[0]
    seen = page(writer, f"/plans/{revision.pk}/section/activity:{section.uid}/")
    assert "これまでの検査で多かった指摘" in seen
    assert "対象外経費" in seen
    assert "長野県" not in seen
    assert "多かった指摘" not in page(writer, f"/plans/{revision.pk}/section/vision/")
