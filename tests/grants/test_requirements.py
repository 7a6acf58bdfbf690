"""What the clauses ask of a plan: each with a plan that fails it and one that meets it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from grants.guideline.api import Subject, judge, requirements
from grants.plans.content import PlanContent
from tests.grants.plans_of import (
    activity,
    judged,
    line,
    plan,
    platform,
    with_activity,
    with_line,
    with_platform,
)

GOOD = plan()
Spoil = Callable[[PlanContent], PlanContent]


def every_line(content: PlanContent, delivery: str) -> PlanContent:
    for code in ("PF", "04", "07"):
        content = with_line(content, code, delivery=delivery)
    return with_activity(
        with_activity(content, "04", contract_reason="理由"), "07", contract_reason="理由"
    )


# clause or law, requirement, address of the place to mend, what spoils the plan, what is near it
# and still good.
CASES: list[tuple[str, str, str, Spoil, Spoil]] = [
    (
        "2(1)",
        "plan.body",
        "basics//applicant_title",
        lambda p: replace(p, grantee_kind="member"),
        lambda p: p,
    ),
    (
        "2(2)-1 all contracted out",
        "plan.part",
        "platform//lines",
        lambda p: every_line(p, "contract"),
        lambda p: with_line(every_line(p, "contract"), "PF", delivery="direct"),
    ),
    (
        "2(2)-1 contracted out and subsidised",
        "plan.part",
        "platform//lines",
        lambda p: with_line(every_line(p, "contract"), "07", delivery="subsidy"),
        lambda p: with_line(p, "07", delivery="subsidy"),
    ),
    (
        "2(2)-1 no reason",
        "plan.contract_reason",
        "contract_reason",
        lambda p: with_line(p, "04", delivery="contract"),
        lambda p: with_activity(
            with_line(p, "04", delivery="contract"), "04", contract_reason="理由"
        ),
    ),
    (
        "2(4) subsidy under ④",
        "plan.subsidy",
        "delivery",
        lambda p: with_line(p, "04", delivery="subsidy"),
        lambda p: with_line(p, "07", delivery="subsidy"),
    ),
    (
        "2(4) subsidy for the platform",
        "plan.subsidy",
        "delivery",
        lambda p: with_line(p, "PF", delivery="subsidy"),
        lambda p: replace(
            p, activities=(activity("08", lines=(line("s", delivery="subsidy"),)), activity("04"))
        ),
    ),
    (
        "3(1)-1 no name",
        "plan.platform",
        "platform//platform_name",
        lambda p: with_platform(p, name=""),
        lambda p: p,
    ),
    (
        "3(1)-1 no content",
        "plan.platform",
        "platform//platform_content",
        lambda p: with_platform(p, content=""),
        lambda p: with_platform(p, lines=()),
    ),
    (
        "3(2)-1 one activity",
        "plan.types",
        "activities//",
        lambda p: replace(p, activities=(activity("07"),)),
        lambda p: p,
    ),
    (
        "3(2)-1 the same type twice is one",
        "plan.types",
        "activities//",
        lambda p: replace(p, activities=(activity("07"), activity("07", name="別の取組"))),
        lambda p: replace(p, activities=(activity("01"), activity("10"))),
    ),
    (
        "3(2)-2 no link to the vision",
        "plan.vision",
        "vision_link",
        lambda p: with_activity(p, "04", vision_link=""),
        lambda p: p,
    ),
    (
        "3(2)-2 no discussion",
        "plan.discussion",
        "discussions",
        lambda p: with_activity(p, "04", discussions=()),
        lambda p: p,
    ),
    (
        "3(2)-2 a meeting to come is still a warning",
        "plan.discussion",
        "discussions",
        lambda p: with_activity(p, "04", discussions=(), coming_meeting_on=date(2026, 6, 1)),
        lambda p: with_activity(p, "04", coming_meeting_on=date(2026, 6, 1)),
    ),
    (
        "4(1)③ no form",
        "plan.form",
        "platform//platform_form",
        lambda p: with_platform(p, form=""),
        lambda p: with_platform(p, form="new"),
    ),
    (
        "4(1)③ an existing body without its name",
        "plan.form",
        "platform//platform_existing_body",
        lambda p: with_platform(p, form="extended"),
        lambda p: with_platform(p, form="extended", existing_body="推進会議"),
    ),
    (
        "4(2) no meeting at all",
        "plan.discussed",
        "platform//platform_discussions",
        lambda p: with_activity(
            with_activity(with_platform(p, discussions=()), "04", discussions=()),
            "07",
            discussions=(),
        ),
        lambda p: with_platform(p, discussions=()),
    ),
    (
        "4(3) not declared",
        "plan.declared",
        "other_funding",
        lambda p: with_line(p, "07", other_funding=""),
        lambda p: p,
    ),
    (
        "4(3) funded twice",
        "plan.not_twice",
        "other_funding",
        lambda p: with_line(p, "07", other_funding="exists"),
        lambda p: with_line(p, "07", other_funding="exists", is_eligible=False),
    ),
    (
        "令3条 applicant",
        "plan.basics",
        "basics//applicant_name",
        lambda p: replace(p, applicant_name=""),
        lambda p: replace(p, vision_measure=""),
    ),
    (
        "令3条 vision",
        "plan.basics",
        "vision//vision",
        lambda p: replace(p, vision=""),
        lambda p: p,
    ),
    (
        "令3条 ends before it starts",
        "plan.basics",
        "basics//completes_on",
        lambda p: replace(p, starts_on=date(2026, 9, 2), completes_on=date(2026, 9, 1)),
        lambda p: replace(p, starts_on=date(2026, 9, 1), completes_on=date(2026, 9, 1)),
    ),
    (
        "令3条 the day before the year",
        "plan.basics",
        "basics//starts_on",
        lambda p: replace(p, starts_on=date(2026, 3, 31)),
        lambda p: replace(p, starts_on=date(2026, 4, 1)),
    ),
    (
        "令3条 the day after the year",
        "plan.basics",
        "basics//completes_on",
        lambda p: replace(p, completes_on=date(2027, 4, 1)),
        lambda p: replace(p, completes_on=date(2027, 3, 31)),
    ),
    (
        "令3条 an activity without lines",
        "plan.activities",
        "lines",
        lambda p: with_activity(p, "04", lines=()),
        lambda p: p,
    ),
    (
        "令3条 no target",
        "plan.activities",
        "indicators",
        lambda p: with_activity(p, "04", indicators=()),
        lambda p: p,
    ),
    (
        "令3条 half a line",
        "plan.lines",
        "unit_price",
        lambda p: with_line(p, "04", unit_price=None, amount=None),
        lambda p: with_line(p, "04", unit_price=0, amount=0),
    ),
    (
        "令3条 no yen",
        "plan.amount",
        "platform//lines",
        lambda p: with_line(
            with_line(with_line(p, "PF", amount=0), "04", amount=0), "07", amount=None
        ),
        lambda p: with_line(p, "07", amount=None),
    ),
    (
        "令3条2項 no word of the council",
        "plan.budget_measure",
        "incomes//budget_measure",
        lambda p: replace(p, budget_measure=""),
        lambda p: replace(p, budget_measure="supplementary"),
    ),
    (
        "令3条2項 not voted on, and no day",
        "plan.budget_measure",
        "incomes//budget_vote_on",
        lambda p: replace(p, budget_measure="pending"),
        lambda p: replace(p, budget_measure="pending", budget_vote_on=date(2026, 6, 25)),
    ),
    (
        "適正化法5条 copied and not looked at",
        "plan.looked_at",
        "vision//",
        lambda p: replace(p, unlooked=("vision",)),
        lambda p: replace(p, unlooked=("activity:one-that-was-removed",)),
    ),
    (
        "令3条 not readable",
        "plan.readable",
        "incomes//",
        lambda p: replace(p, unreadable=(("incomes", "数にしてください。"),)),
        lambda p: p,
    ),
    (
        "交付要綱 a category that is not paid for",
        "plan.categories",
        "is_eligible",
        lambda p: with_line(p, "04", category_code="14"),
        lambda p: with_line(p, "04", category_code="14", is_eligible=False),
    ),
    (
        "交付要綱 18節 outside a subsidy",
        "plan.categories",
        "category_code",
        lambda p: with_line(p, "07", category_code="18"),
        lambda p: with_line(p, "07", category_code="18", delivery="subsidy"),
    ),
]


def found(content: PlanContent, wanted: str) -> Any:
    (judgement,) = (
        one for one in judge(Subject.PLAN, judged(content)) if one.requirement.id == wanted
    )
    return judgement


@pytest.mark.parametrize(
    ("clause", "wanted", "place", "spoil", "near"), CASES, ids=[case[0] for case in CASES]
)
def test_a_plan_that_fails(clause: str, wanted: str, place: str, spoil: Spoil, near: Spoil) -> None:
    one = found(spoil(GOOD), wanted)
    assert not one.is_met
    assert any(problem.address.endswith(place) for problem in one.problems)
    assert all(problem.message.endswith("。") for problem in one.problems)
    assert clause.split(maxsplit=1)[0] in (one.requirement.clause_number or one.requirement.law)


@pytest.mark.parametrize(
    ("clause", "wanted", "place", "spoil", "near"), CASES, ids=[case[0] for case in CASES]
)
def test_a_plan_that_is_near_it_and_meets_it(
    clause: str, wanted: str, place: str, spoil: Spoil, near: Spoil
) -> None:
    one = found(near(GOOD), wanted)
    assert one.is_met
    assert one.evidence, "what is met says by what"


def test_the_good_plan_meets_everything() -> None:
    assert [one.requirement.id for one in judge(Subject.PLAN, judged(GOOD)) if not one.is_met] == []


def test_every_requirement_on_a_plan_is_in_the_table() -> None:
    assert {case[1] for case in CASES} == {r.id for r in requirements(Subject.PLAN)}


def test_an_empty_plan_hears_all_of_it_at_once() -> None:
    empty = plan(
        applicant_title="",
        applicant_name="",
        starts_on=None,
        completes_on=None,
        contact_department="",
        contact_name="",
        contact_phone="",
        issues="",
        vision="",
        platform=platform(name="", form="", content="", discussions=(), lines=()),
        activities=(),
        incomes=(),
    )
    unmet = {j.requirement.id for j in judge(Subject.PLAN, judged(empty)) if j.blocks}
    assert {"plan.basics", "plan.platform", "plan.types", "plan.form", "plan.amount"} <= unmet


def test_problems_come_first_and_blocking_ones_before_warnings() -> None:
    spoilt = with_activity(replace(GOOD, vision=""), "04", vision_link="")
    states = [one.state for one in judge(Subject.PLAN, judged(spoilt))]
    assert states == sorted(states, key=["unmet", "warning", "met"].index)
    assert {"unmet", "warning", "met"} == set(states)


@pytest.mark.parametrize("id", ["plan.vision", "plan.discussion", "plan.discussed"], ids=str)
def test_a_warning_stops_nothing(id: str) -> None:
    """3(2)-2 and 4(2) are processes: a plan without them is seen by the reviewer, not refused."""
    (requirement,) = (r for r in requirements(Subject.PLAN) if r.id == id)
    assert not requirement.is_blocking
