"""Two people, whatever hats they wear: drafter and approver, reviewer and decider (設計: 四つの目)."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from grants.demo.people import Cast
from grants.demo.stories import DEEP
from grants.filings.api import (
    Filing,
    ReviewItem,
    four_eyes_on_approval,
    four_eyes_on_decision,
    latest_version,
    mark,
    raise_item,
)
from grants.plans.api import PlanRevision, save_section
from portal.access.api import Role
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.workflow.api import perform
from tests.world import World

ANA, BEN, CHO = uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize(
    ("approver", "editors", "requested_by", "count"),
    [
        (ANA, {BEN}, BEN, 0),
        (BEN, {BEN}, CHO, 1),
        (CHO, {BEN}, CHO, 1),
        (BEN, {BEN, CHO}, BEN, 2),
        (ANA, set(), None, 0),
        (None, set(), None, 0),
    ],
    ids=["other", "edited", "asked", "both", "nobody-yet", "system"],
)
def test_on_approval(
    approver: UUID | None, editors: set[UUID], requested_by: UUID | None, count: int
) -> None:
    assert len(list(four_eyes_on_approval(approver, editors, requested_by))) == count


@pytest.mark.parametrize(("decider", "count"), [(ANA, 1), (BEN, 0)], ids=["reviewed", "other"])
def test_on_decision(decider: UUID, count: int) -> None:
    assert len(list(four_eyes_on_decision(decider, {ANA, CHO}))) == count


def save_vision(actor: Actor, revision: PlanRevision) -> None:
    save_section(
        actor=actor,
        revision=revision,
        key="vision",
        seen_version=1,
        store=lambda locked: setattr(locked, "vision", "書き直した姿"),
        raw={},
        problems={},
    )


@pytest.mark.django_db
class TestByPerson:
    def test_the_drafter_with_an_approvers_hat(self, world: World) -> None:
        filing = world.filing("awaiting_approval")
        hat = world.wearing(world.actor(Role.DRAFTER), world.nagano, Role.APPROVER)
        with pytest.raises(Refused) as refusal:
            world.act(filing, "submit", hat)
        assert len(refusal.value.reasons) == 2, "edited it, and asked for its approval"

    def test_an_approver_who_typed_one_word(self, world: World) -> None:
        filing = world.draft()
        approver = world.actor(Role.APPROVER)
        hat = world.wearing(approver, world.nagano, Role.DRAFTER)
        with pytest.raises(Stale):
            save_section(
                actor=hat,
                revision=filing.plan_revision,
                key="vision",
                seen_version=0,
                store=lambda locked: None,
                raw={},
                problems={},
            )
        save_vision(hat, filing.plan_revision)
        world.request(filing)
        with pytest.raises(Refused, match="入力した人"):
            world.act(filing, "submit", approver)

    def test_the_reviewer_with_a_deciders_hat(self, world: World) -> None:
        filing = world.filing("reviewed")
        hat = world.wearing(world.actor(Role.REVIEWER), world.office, Role.DECIDER)
        with pytest.raises(Refused, match="審査した人"):
            world.act(filing, "decide", hat, **world.decision(filing))

    @pytest.mark.parametrize("touched", ["a mark", "a point", "taking it over"])
    def test_a_decider_who_once_helped_with_the_review(self, world: World, touched: str) -> None:
        filing = world.filing("under_review", story=DEEP)
        hat = world.wearing(world.actor(Role.DECIDER), world.office, Role.REVIEWER)
        sealed = latest_version(filing)
        assert sealed is not None
        if touched == "taking it over":
            filing = self.reviewed_once_by(world, filing, hat)
        elif touched == "a mark":
            mark(actor=hat, filing=filing, sealed=sealed, marks={"section:basics": "yes"})
        else:
            item = raise_item(
                actor=hat,
                filing=filing,
                sealed=sealed,
                address="basics//applicant_name",
                clause="",
                text="確認してください。",
            )
            perform(ReviewItem, item.pk, "resolve", world.actor(Role.REVIEWER))
        world.finish_review(filing)
        with pytest.raises(Refused, match="審査した人"):
            world.decide(filing)

    def reviewed_once_by(self, world: World, filing: Filing, reviewer: Actor) -> Filing:
        """They took the second version over; then a third one went to somebody else."""
        for taker in (reviewer, world.actor(Role.REVIEWER)):
            filing = world.send_back(filing)
            for item in filing.items.filter(state="open"):
                drafter = world.actor(Role.DRAFTER, filing.grantee)
                perform(ReviewItem, item.pk, "answer", drafter, data={"text": "直しました。"})
            filing = world.submit(filing)
            filing = world.act(filing, "begin_review", taker, no_conflict=True).subject
        for item in filing.items.unresolved():
            perform(ReviewItem, item.pk, "resolve", world.actor(Role.REVIEWER))
        return filing

    def test_another_person_in_the_same_role_may(self, world: World) -> None:
        filing = world.filing("awaiting_approval")
        second = Cast().add(
            world.nagano, Role.APPROVER, "丸山 次郎", "second@nagano.example", signs_in=False
        )
        assert world.act(filing, "submit", second).subject.state == "submitted"
