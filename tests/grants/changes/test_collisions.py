"""What happens to an award while a change, a stop or a 流用 of it is on its way."""

from __future__ import annotations

import pytest

from grants.awards.api import Award, approve_other_activity
from grants.changes.services import undo_reallocation
from grants.filings.api import Filing
from grants.kinds.api import start_application
from grants.kinds.application.guards import missing_approvals
from grants.plans.api import PlannedActivity
from portal.access.api import Role
from portal.core.identifiers import read_document_number
from portal.core.problems import Refused
from tests.grants import changing, closing
from tests.grants.awards.test_rounds import apply_again, second_round
from tests.grants.changes import test_stops as stops
from tests.grants.changes.test_moves import two_categories
from tests.grants.revocations.test_revocations import take_back
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def test_17_an_approved_change_gives_nothing_back_that_was_revoked(
    world: World, award: Award
) -> None:
    """The change was written against the amount before the revocation of a part."""
    before = int(award.amount)
    filing = changing.reviewed(world, changing.shifted(world, award))
    take_back(world, award, after=before - 1_000_000)
    with pytest.raises(Refused, match=r"交付決定額が.*に変わっています"):
        changing.approve(world, filing)
    award.refresh_from_db()
    assert award.amount == before - 1_000_000


def test_a_stop_is_not_approved_beside_a_later_round(world: World, award: Award) -> None:
    """7条1項4号: whoever asks for more work does not end it in the same breath."""
    second_round(world)
    stop = stops.reviewed(world, stops.write_stop(world, award))
    start_application(actor=world.actor(Role.DRAFTER), programme=world.programme, round_number=2)
    with pytest.raises(Refused, match="追加の申請が、まだ決定していません"):
        stops.approve(world, stop)


def test_work_that_was_ended_is_given_no_more(world: World, award: Award) -> None:
    second_round(world)
    again = apply_again(world)
    Award.objects.filter(pk=award.pk).update(discontinued_on=award.decision.decided_on)
    with pytest.raises(Refused, match="廃止が承認されている"):
        world.decide(again)
    Filing.objects.filter(pk=again.pk).update(state="withdrawn")
    with pytest.raises(Refused, match="廃止が承認されている"):
        start_application(
            actor=world.actor(Role.DRAFTER), programme=world.programme, round_number=2
        )


def test_a_later_round_begins_with_what_was_moved(world: World, award: Award) -> None:
    """7条1項1号: the plan that the next decision puts in force holds the 流用 before it."""
    second_round(world)
    first, other, most = two_categories(award)
    changing.move(world, award, first, other, most)
    filing = start_application(
        actor=world.actor(Role.DRAFTER), programme=world.programme, round_number=2
    )
    copied = {line.uid: line.amount for line in filing.plan_revision.lines.all()}
    assert copied[first.uid] == int(first.amount or 0) - most
    assert copied[other.uid] == int(other.amount or 0) + most
    with pytest.raises(Refused, match="流用は、その申請に含めて"):
        changing.move(world, award, first, other, 1)


def test_of_records_that_offset_each_other_none_leaves_alone_what_needs_approval(
    world: World, award: Award
) -> None:
    first, other, most = two_categories(award)
    changing.move(world, award, first, other, most)
    back = changing.move(world, award, other, first, most)
    changing.move(world, award, first, other, most)
    with pytest.raises(Refused, match="変更の承認が要ることになります"):
        undo_reallocation(actor=world.actor(Role.DRAFTER), reallocation=back, reason="誤り。")


def test_3_2_10_what_was_found_necessary_once_holds_for_a_change(
    world: World, award: Award
) -> None:
    """要領3(2)⑩: and a new one is asked for on the decider's page of the change."""
    activity = award.revision.activities.order_by("order")[0]
    PlannedActivity.objects.filter(uid=activity.uid).update(type_code="10")
    filing = changing.reviewed(world, changing.shifted(world, award))
    assert [uid for uid, _ in missing_approvals(filing)] == [activity.uid]
    decider = client_of(world.actor(Role.DECIDER))
    page = decider.get(filing.transition_url("approve_change")).content.decode()
    assert "を必要と認める" in page
    with pytest.raises(Refused, match="⑩の取組"):
        changing.approve(world, filing)
    number = read_document_number("府孤推第700号").value
    assert number is not None
    approve_other_activity(
        actor=world.actor(Role.DECIDER),
        filing=award.decision.filing,
        activity_uid=activity.uid,
        number=number,
        approved_on=award.decision.decided_on,
        reason="地域に必要な取組であるため。",
    )
    assert missing_approvals(filing) == []
