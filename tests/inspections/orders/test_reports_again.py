"""What an order under 16条 does to the 実績報告 that it is about."""

from __future__ import annotations

import pytest

from portal.access.api import Role
from tests.grants import closing
from tests.inspections.orders import way
from tests.inspections.visits.test_visits import award_of
from tests.world import World


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["submitted", "under_review", "reviewed"])
def test_16_2_a_report_that_is_not_as_decided_comes_back_to_be_filed_again(
    world: World, stage: str
) -> None:
    award = award_of(world)
    filing = world.submit(closing.write_report(world, award))
    if stage == "under_review":
        filing = world.act(
            filing, "begin_review", world.actor(Role.REVIEWER), no_conflict=True
        ).subject
    elif stage == "reviewed":
        filing = closing.examine(world, filing)
    way.issued(world, award, basis="guideline")
    filing.refresh_from_db()
    assert filing.state == stage, "要領5(2) alone asks for no other report"
    way.issued(world, award, basis="correct", title="精算の是正")
    filing.refresh_from_db()
    assert filing.state == "returned"
    assert world.submit(filing).state == "submitted"
