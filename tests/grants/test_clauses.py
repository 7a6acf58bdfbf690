"""The 35 clauses, and what carries each; the list of those that nothing carries only shrinks."""

from __future__ import annotations

from pathlib import Path

import pytest

from grants.guideline.api import (
    ClauseKind,
    Problem,
    Requirement,
    Subject,
    clauses,
    register,
    requirements,
    table,
    uncarried,
)

LAWS = (
    "要領",
    "適正化法",
    "交付要綱",
    "地方自治法",
    "会計法",
    "消費税法",
    "財政法",
    "国税通則法",
    # The transitional deduction for purchases from sellers without a number.
    "平成28年法律15号附則",
)
LIST = Path(__file__).parent / "uncarried.txt"
# The longest it ever was in a commit; make it smaller with the list.
LONGEST = 0


def test_there_are_35() -> None:
    assert len(clauses()) == len(table()) == 35
    first, *_, last = clauses()
    assert (first, last) == ("1", "附則")


def test_what_nothing_carries_is_listed() -> None:
    listed = LIST.read_text().split()
    assert listed == uncarried(), "a clause gained or lost its carrier: mend the list"
    assert len(listed) <= LONGEST, "the list may only shrink"


def test_every_rule_that_judges_a_plan_is_a_requirement() -> None:
    """Those of kind «rule» that judge contracts, decisions or dates are carried by others."""
    others = {"2(2)-4", "2(2)-5", "2(3)-1", "2(3)-2", "3(2)⑩", "附則"}
    rules = {n for n, clause in clauses().items() if clause.kind == ClauseKind.RULE}
    judged = {r.clause_number for r in requirements(Subject.PLAN)}
    assert rules - others <= judged


@pytest.mark.parametrize("one", requirements(), ids=lambda r: r.id)
def test_a_requirement_names_its_basis(one: Requirement) -> None:
    assert one.basis.startswith(LAWS)
    assert one.demand.endswith("。")


def test_two_of_one_name_are_an_error() -> None:
    taken = requirements()[0].id
    with pytest.raises(ValueError, match="two requirements"):
        register(requirement(taken, "1"))


@pytest.mark.parametrize(("clause", "error"), [("99(9)", KeyError), ("", ValueError)])
def test_a_clause_that_does_not_exist(clause: str, error: type[Exception]) -> None:
    one = requirement("test.none", clause)
    with pytest.raises(error):
        register(one)


def requirement(id: str, clause: str) -> Requirement:
    return Requirement(
        id, clause, Subject.PLAN, "ある。", True, lambda _: [Problem("", "")], lambda _: ""
    )
