"""A lifecycle table says what it means, or the portal does not start. Pure."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models

from portal.access.api import Role, all_actions
from portal.core.actor import SYSTEM_ROLE
from portal.workflow.api import INTERNAL, Branch, Transition, Workflow, all_workflows

DRAFTER = frozenset({Role.DRAFTER})


class Light(models.TextChoices):
    RED = "red", "赤"
    GREEN = "green", "青"
    DARK = "dark", "消灯"


def row(name: str = "go", **changed: Any) -> Transition:
    values: dict[str, Any] = {
        "label": "進む",
        "sources": ("red",),
        "target": "green",
        "actors": DRAFTER,
        "article": INTERNAL,
    }
    return Transition(name, **{**values, **changed})


def table(*rows: Transition, initial: str = "red") -> Workflow:
    return Workflow("lights", "tests.Light", Light, initial, rows)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"article": ""}, "legal basis"),
        ({"sources": ()}, "never empty"),
        ({"actors": frozenset()}, "never empty"),
        ({"actors": frozenset({"king"})}, "unknown roles"),
    ],
    ids=["no-article", "no-source", "nobody", "a-role-that-is-none"],
)
def test_a_row_that_says_too_little_is_an_error(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        row(**changed)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(sources=("blue",))], "unknown states"),
        ([row(target="blue")], "unknown states"),
        ([row(target=Branch(("green", "blue"), lambda _: "green"))], "unknown states"),
        ([row(), row()], "two transitions"),
    ],
    ids=["source", "target", "branch", "twice"],
)
def test_a_table_that_contradicts_itself_is_an_error(rows: list[Transition], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        table(*rows)


def test_an_unknown_start_is_an_error() -> None:
    with pytest.raises(ValueError, match="initial"):
        table(row(), initial="blue")


def test_edges_are_every_pair_once() -> None:
    either = Branch(("green", "dark"), lambda _: "dark")
    found = table(row(), row("stop", sources=("red", "green"), target=either))
    assert found.edges() == [
        ("green", "dark"),
        ("green", "green"),
        ("red", "dark"),
        ("red", "green"),
    ]
    assert found["stop"].target_for(object()) == "dark"


def test_the_diagram_names_states_and_acts_in_words() -> None:
    drawn = table(row()).diagram()
    assert drawn.splitlines() == [
        "stateDiagram-v2",
        "    [*] --> red",
        "    red: 赤",
        "    green: 青",
        "    red --> green: 進む",
    ]


@pytest.mark.parametrize("workflow", all_workflows(), ids=lambda w: w.key)
class TestEveryTable:
    def test_every_state_can_be_reached(self, workflow: Workflow) -> None:
        reached, edges = {workflow.initial}, workflow.edges()
        for _ in edges:
            reached |= {target for source, target in edges if source in reached}
        used = {state for edge in edges for state in edge}
        assert used <= reached

    def test_every_row_is_an_action_of_the_policy(self, workflow: Workflow) -> None:
        known = {action.name: action for action in all_actions()}
        for one in workflow.transitions:
            action = known[workflow.action_name(one.name)]
            assert action.roles == one.actors
            assert action.states == frozenset(one.sources)
            assert action.changes

    def test_a_form_can_be_imported(self, workflow: Workflow) -> None:
        from django.utils.module_loading import import_string

        assert all(import_string(one.form) for one in workflow.transitions if one.form)

    def test_every_message_has_a_writer(self, workflow: Workflow) -> None:
        from portal.notifications.api import known_messages

        told = {message for one in workflow.transitions for message in one.notifies}
        assert told <= known_messages()

    def test_no_auditor_changes_anything(self, workflow: Workflow) -> None:
        assert not any(Role.AUDITOR in one.actors for one in workflow.transitions)


def test_the_system_acts_only_where_its_row_says_so() -> None:
    """People decide; the portal by itself makes documents and kits, reads files, and ends what hung
    on something that a person ended or replaced."""
    moved = {
        workflow.action_name(one.name)
        for workflow in all_workflows()
        for one in workflow.transitions
        if SYSTEM_ROLE in one.actors
    }
    papers = {f"documents.document.{name}" for name in ("finish", "fail", "retry")}
    files = {f"records.batch.{name}" for name in ("finish_reading", "refuse", "fail")}
    scans = {f"scans.scan.{name}" for name in ("finish", "fail")}
    kits = {
        f"{kit}.{name}" for kit in ("kits.kit", "disclosures.bundle") for name in ("finish", "fail")
    }
    removals = {"retention.disposal.finish"}
    chains = {"subcontracts.link.end", "subcontracts.link.supersede"}
    # An order under 16条 asks for another report: that is its consequence, not somebody's choice.
    reports = {"filings.performance.reopen_by_order"}
    assert moved <= papers | files | scans | kits | removals | chains | reports


def test_no_wildcards() -> None:
    """A source is a state that somebody wrote down: `*` would let tomorrow's states through."""
    for workflow in all_workflows():
        for one in workflow.transitions:
            assert isinstance(one.sources, tuple)
            assert len(set(one.sources)) == len(one.sources)


def test_what_takes_back_or_gives_up_is_offered_quietly() -> None:
    """By its words: 取り下げる, 取りやめる, 取り戻す, 取込みをやめる. Nothing else is quiet."""
    backward = ("取り下げる", "取りやめる", "取り戻す", "取込みをやめる")
    for workflow in all_workflows():
        for one in workflow.transitions:
            goes_back = one.label.endswith(backward)
            assert one.is_quiet is goes_back, f"{workflow.key}.{one.name}"
