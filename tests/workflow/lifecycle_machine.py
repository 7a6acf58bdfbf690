"""Anybody tries anything in any order, for as long as one likes (security B3-4).

Whatever was tried: the state moved along an edge of the table or not at all, one Event says so, and
nobody approved what they wrote or decided what they reviewed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from grants.demo import cases
from grants.filings.api import Filing, ReviewItem, latest_version, raise_item
from grants.plans.api import save_section
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number
from portal.core.problems import Denied
from portal.workflow.api import all_workflows, perform
from tests.world import World

APPLICATION = next(w for w in all_workflows() if w.key == "filings.application")
NAMES = sorted(row.name for row in APPLICATION.transitions)
EDGES = set(APPLICATION.edges())


def people_of(world: World) -> list[Actor]:
    """One in each office and role, and the three who wear two hats that must not meet."""
    home, office = world.nagano, world.office
    plain = [world.actor(role) for role in (Role.DRAFTER, Role.APPROVER, Role.REVIEWER)]
    plain += [world.actor(role) for role in (Role.DECIDER, Role.AUDITOR, Role.PREFECTURE_ADMIN)]
    drafter, approver, reviewer, decider, *_ = plain
    hats = [
        world.wearing(drafter, home, Role.APPROVER),
        world.wearing(approver, home, Role.DRAFTER),
        world.wearing(reviewer, office, Role.DECIDER),
        world.wearing(decider, office, Role.REVIEWER),
    ]
    stranger = world.actor(Role.APPROVER, world.gifu)
    return [*plain, *hats, stranger]


class Application(RuleBasedStateMachine):
    """One application of 長野県; each run is undone, so that the next begins at the same place."""

    world: World
    people: list[Actor]
    filing_id: Any
    steps_done: int
    reached: set[str]

    @initialize()
    def begin(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.state = self.filing.state
        self.events = Event.objects.count()

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            assert verify() == []
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @property
    def filing(self) -> Filing:
        return Filing.objects.get(pk=self.filing_id)

    @rule(who=st.integers(0, 10), name=st.sampled_from(NAMES), stale=st.booleans())
    def try_an_act(self, who: int, name: str, stale: bool) -> None:
        self.attempt(self.people[who % len(self.people)], name, stale)

    @rule(who=st.integers(0, 10), which=st.integers(0, 12))
    def take_a_step_that_the_table_has(self, who: int, which: int) -> None:
        """So that the walks come far; whether the guards let it through is another question."""
        rows = [row for row in APPLICATION.transitions if self.state in row.sources]
        if rows:
            row = rows[which % len(rows)]
            people = [actor for actor in self.people if actor.role in row.actors]
            self.attempt(people[who % len(people)], row.name, stale=False)

    def attempt(self, actor: Actor, name: str, stale: bool) -> None:
        before = self.filing
        type(self).steps_done += 1
        try:
            perform(
                Filing,
                self.filing_id,
                name,
                actor,
                seen_version=before.version - 1 if stale else before.version,
                data=self.data(before, name),
            )
        except (Denied, Http404):
            after = self.filing
            assert (after.state, after.version) == (before.state, before.version)
            return
        after = self.filing
        assert not stale
        assert (before.state, after.state) in EDGES
        assert actor.role in APPLICATION[name].actors
        assert after.version == before.version + 1
        self.events += 1
        self.state = after.state
        type(self).reached.add(after.state)
        self.two_people(before, name, actor)

    def two_people(self, before: Filing, name: str, actor: Actor) -> None:
        if name == "submit":
            editors = set(before.plan_revision.editors.values_list("user_id", flat=True))
            assert actor.user_id not in editors | {before.requested_by_id}
        if name in ("decide", "decline"):
            reviewed = Event.objects.filter(
                verb="filings.application.begin_review", subject_id=str(self.filing_id)
            )
            assert actor.user_id not in set(reviewed.values_list("actor_user_id", flat=True))

    def data(self, filing: Filing, name: str) -> dict[str, Any]:
        given: dict[str, Any] = {
            "note": "",
            "reason": "理由",
            "opinion": "適当",
            "no_conflict": True,
        }
        given["answer_due"] = timezone.localdate() + timedelta(days=7)
        if name == "submit_decided":
            number = read_document_number(f"8地福第{Event.objects.count()}号").value
            paper = SimpleUploadedFile("決裁.csv", b"1,2\n")
            return {**given, **self.world.numbered(), "document_number": number, "paper": paper}
        if name in ("decide", "decline") and latest_version(filing) is not None:
            return {**given, **self.world.decision(filing)}
        return given

    @rule(who=st.integers(0, 10))
    def work_on_the_review(self, who: int) -> None:
        """Marks everything and pins a point, as whoever may."""
        actor, filing = self.people[who % len(self.people)], self.filing
        sealed = latest_version(filing)
        if filing.state != "under_review" or actor.role != Role.REVIEWER or sealed is None:
            return
        cases.see_everything(self.world.cast, self.world.office, filing)
        if filing.items.count() < 2:
            raise_item(
                actor=actor,
                filing=filing,
                sealed=sealed,
                address="vision//vision",
                clause="",
                text="確認してください。",
            )
            self.events += 1

    @rule(who=st.integers(0, 10), name=st.sampled_from(["answer", "resolve", "ask_again"]))
    def move_the_points(self, who: int, name: str) -> None:
        actor = self.people[who % len(self.people)]
        for item in self.filing.items.all():
            try:
                perform(ReviewItem, item.pk, name, actor, data={"text": "直しました。"})
                self.events += 1
            except (Denied, Http404):
                continue

    @rule(who=st.integers(0, 10), word=st.text("あいう", min_size=1, max_size=3))
    def write(self, who: int, word: str) -> None:
        """Only drafters reach this; the closed plan refuses."""
        actor, filing = self.people[who % len(self.people)], self.filing
        if actor.role != Role.DRAFTER:
            return
        section = filing.plan_revision.sections.get(key="vision")
        try:
            save_section(
                actor=actor,
                revision=filing.plan_revision,
                key="vision",
                seen_version=section.version,
                store=lambda locked: setattr(locked, "vision", word),
                raw={},
                problems={},
            )
        except Denied:
            assert filing.state not in ("draft", "returned")
        else:
            assert filing.state in ("draft", "returned")

    @invariant()
    def the_state_is_the_one_that_events_tell(self) -> None:
        if hasattr(self, "undo"):
            assert self.filing.state == self.state
            assert Event.objects.count() == self.events


def walk(world: World, *, runs: int, steps: int, start: str = "draft") -> tuple[int, set[str]]:
    """Returns how many acts were tried and the states that were reached.

    Raises with the shortest way to a fault.
    """
    filing = world.filing(start)

    class Here(Application):
        pass

    Here.world, Here.people, Here.filing_id = world, people_of(world), filing.pk
    Here.steps_done, Here.reached = 0, set()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Here.steps_done, Here.reached
