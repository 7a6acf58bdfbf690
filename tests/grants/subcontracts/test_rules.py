"""What the clauses ask of a link: each with one that fails it and one that is near it and good. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from grants.contractors.api import Finding
from grants.guideline.api import Subject, judge, requirements
from grants.subcontracts.requirements import REQUIREMENTS
from grants.subcontracts.rules import (
    Link,
    LinkSubject,
    PaidLine,
    change_reasons,
    payee_reasons,
    reach,
)

VENUE, PAPER = uuid4(), uuid4()
TALK, PLAY = uuid4(), uuid4()
DAY, LAST = date(2024, 11, 5), date(2025, 3, 31)
ITEMS = {VENUE: "会場費", PAPER: "印刷費"}


def checked(until: date = LAST, **results: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(kind, results.get(kind, "clear"), date(2024, 3, 25), until)
        for kind in ("religious", "political", "organised_crime")
    )


def link(name: str, shares: dict[UUID, int], **given: Any) -> Link:
    values: dict[str, Any] = {
        "body": uuid4(),
        "kind": "contract",
        "activities": {TALK: False},
        "starts_on": DAY,
        "ends_on": LAST,
        "findings": checked(),
    } | given
    return Link(name=name, shares=shares, **values)


TOP = link(
    "みらい",
    {VENUE: 1_000_000, PAPER: 500_000},
    activities={TALK: True, PLAY: True},
    starts_on=date(2024, 4, 1),
)
BELOW = link("はぐるま", {VENUE: 600_000}, activities={TALK: True})
GOOD = LinkSubject(
    link=BELOW,
    above=(TOP,),
    beside=(),
    below=(),
    items=ITEMS,
    names={TALK: "相談", PLAY: "交流"},
    organisation=uuid4(),
    prefecture=uuid4(),
    organisations_above=(uuid4(),),
    deepest=2,
    day=DAY,
)


def with_link(**given: Any) -> LinkSubject:
    return replace(GOOD, link=replace(BELOW, **given))


def beside(**given: Any) -> LinkSubject:
    other = link("となり", given.pop("shares", {VENUE: 100_000}), **given)
    return replace(GOOD, beside=(other,))


SUBSIDISED = replace(TOP, kind="subsidy")
UNDER_A_LINK = replace(
    GOOD, above=(TOP, link("中の団体", {VENUE: 700_000}, activities={TALK: True, PLAY: False}))
)
Spoil = Callable[[], LinkSubject]

# clause, requirement, what spoils it, what is near it and still good.
CASES: list[tuple[str, str, Spoil, Spoil]] = [
    (
        "2(2)-4 a religious body",
        "beliefs",
        lambda: with_link(findings=checked(religious="excluded")),
        lambda: with_link(findings=checked(until=DAY)),
    ),
    (
        "2(2)-4 of the body above",
        "beliefs",
        lambda: replace(GOOD, above=(replace(TOP, findings=checked(political="undecided")),)),
        lambda: GOOD,
    ),
    (
        "2(2)-5 a check that lapsed the day before",
        "organised_crime",
        lambda: with_link(findings=checked(until=date(2024, 11, 4))),
        lambda: with_link(findings=checked(until=DAY)),
    ),
    ("2(2)-5 never checked", "organised_crime", lambda: with_link(findings=()), lambda: GOOD),
    (
        "2(2)-1 all of the money",
        "whole",
        lambda: with_link(shares={VENUE: 1_000_000, PAPER: 500_000}),
        lambda: with_link(shares={VENUE: 1_000_000, PAPER: 499_999}),
    ),
    (
        "2(2)-1 all of the money over two links",
        "whole",
        lambda: beside(shares={VENUE: 400_000, PAPER: 500_000}),
        lambda: beside(shares={VENUE: 400_000, PAPER: 499_999}),
    ),
    (
        "2(2)-1 all work of all activities",
        "whole",
        lambda: beside(activities={PLAY: True}),
        lambda: beside(activities={PLAY: False}),
    ),
    (
        "2(2)-1 all of what a body was itself given",
        "whole",
        lambda: replace(
            UNDER_A_LINK, above=(TOP, link("中の団体", {VENUE: 600_000}, activities={TALK: False}))
        ),
        lambda: UNDER_A_LINK,
    ),
    (
        "適正化法11条 a line short by one yen",
        "shares",
        lambda: beside(shares={VENUE: 400_001}),
        lambda: beside(shares={VENUE: 400_000}),
    ),
    (
        "適正化法11条 a line of another contract",
        "shares",
        lambda: with_link(shares={uuid4(): 1}),
        lambda: with_link(shares={PAPER: 1}),
    ),
    (
        "適正化法11条 less than hangs below",
        "shares",
        lambda: replace(GOOD, below=(link("下", {VENUE: 600_001}),)),
        lambda: replace(GOOD, below=(link("下", {VENUE: 600_000}),)),
    ),
    (
        "2(2)-1 an activity that is not the contract's",
        "activities",
        lambda: with_link(activities={uuid4(): False}),
        lambda: with_link(activities={PLAY: False}),
    ),
    (
        "2(2)-2 back to the contractor",
        "loop",
        lambda: replace(GOOD, organisation=GOOD.organisations_above[0]),
        lambda: GOOD,
    ),
    (
        "2(2)-2 to the prefecture",
        "loop",
        lambda: replace(GOOD, organisation=GOOD.prefecture),
        lambda: GOOD,
    ),
    (
        "2(2)-2 a link too deep",
        "depth",
        lambda: replace(UNDER_A_LINK, deepest=1),
        lambda: replace(UNDER_A_LINK, deepest=2),
    ),
    (
        "委託契約 a day after the contract",
        "period",
        lambda: with_link(ends_on=date(2025, 4, 1)),
        lambda: with_link(ends_on=LAST),
    ),
    (
        "2(4) a subsidy below a contract",
        "subsidy",
        lambda: with_link(kind="subsidy"),
        lambda: replace(GOOD, link=replace(BELOW, kind="subsidy"), above=(SUBSIDISED,)),
    ),
    (
        "2(4) a subsidy below a contract below a subsidy",
        "subsidy",
        lambda: replace(
            UNDER_A_LINK,
            link=replace(BELOW, kind="subsidy"),
            above=(SUBSIDISED, UNDER_A_LINK.above[1]),
        ),
        lambda: replace(UNDER_A_LINK, above=(SUBSIDISED, UNDER_A_LINK.above[1])),
    ),
    (
        "委託契約 begins before the consent",
        "before",
        lambda: with_link(starts_on=date(2024, 11, 4)),
        lambda: with_link(starts_on=DAY),
    ),
    (
        "委託契約 declared afterwards",
        "begun",
        lambda: replace(with_link(starts_on=date(2024, 10, 1)), begun_on=date(2024, 10, 1)),
        lambda: GOOD,
    ),
]


def unmet(subject: LinkSubject) -> set[str]:
    found = judge(Subject.SUBCONTRACT, subject)
    return {one.requirement.id.partition(".")[2] for one in found if not one.is_met}


@pytest.mark.parametrize(
    ("clause", "wanted", "spoilt", "near"), CASES, ids=[case[0] for case in CASES]
)
def test_what_a_clause_asks(clause: str, wanted: str, spoilt: Spoil, near: Spoil) -> None:
    assert wanted in unmet(spoilt())
    assert wanted not in unmet(near())


def test_the_good_one_meets_all_and_every_rule_has_a_case() -> None:
    assert not unmet(GOOD)
    assert {f"link.{case[1]}" for case in CASES} == {one.id for one in REQUIREMENTS}
    assert set(REQUIREMENTS) == set(requirements(Subject.SUBCONTRACT))


def test_what_was_done_before_the_consent_is_seen_and_does_not_block() -> None:
    late = replace(with_link(starts_on=date(2024, 10, 1)), begun_on=date(2024, 10, 1))
    assert unmet(late) == {"begun"}
    assert not any(one.blocks for one in judge(Subject.SUBCONTRACT, late))


@pytest.mark.parametrize(
    ("shares", "ends_on", "says"),
    [
        ({VENUE: 600_000, PAPER: 1}, LAST, ""),
        ({VENUE: 599_999, PAPER: 1}, LAST, "会場費"),
        ({VENUE: 600_000}, LAST, "すべてになります"),
        ({VENUE: 900_000, PAPER: 1}, date(2025, 3, 30), "収まっていません"),
    ],
    ids=["fits", "a yen less", "nothing left", "ends before"],
)
def test_a_change_of_the_contract_names_what_no_longer_fits(
    shares: dict[UUID, int], ends_on: date, says: str
) -> None:
    new = replace(TOP, shares=shares, ends_on=ends_on)
    reasons = list(change_reasons(new, [BELOW], ITEMS))
    assert says in "".join(reasons)
    assert bool(reasons) == bool(says)
    assert not list(change_reasons(new, [], ITEMS)), "nothing was passed on"


@pytest.mark.parametrize(
    ("kinds", "by_law"),
    [
        (["subsidy", "subsidy"], True),
        (["subsidy", "contract"], False),
        (["contract", "contract"], False),
        (["subsidy", "subsidy", "subsidy"], True),
        (["subsidy", "contract", "contract"], False),
    ],
    ids=lambda given: "/".join(given) if isinstance(given, list) else None,
)
def test_by_which_law_a_body_is_reached(kinds: list[str], by_law: bool) -> None:
    """適正化法2条4項: an unbroken line of subsidies alone."""
    found = reach(kinds, "居場所の運営", "16条", "6福第12号")
    assert ("適正化法23条1項" in found.basis) == by_law
    assert ("6福第12号" in found.basis) == (not by_law)
    assert "居場所の運営" in found.explanation


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([PaidLine(VENUE, "はぐるま", 300_000, True, 600_000, 300_000)], ""),
        ([PaidLine(VENUE, "はぐるま", 300_001, True, 600_000, 300_000)], "承諾した額"),
        ([PaidLine(VENUE, "だれか", 400_001, False)], "この請求の額"),
        (
            [
                PaidLine(VENUE, "はぐるま", 200_000, True, 300_000),
                PaidLine(VENUE, "はぐるま", 100_001, True, 300_000),
            ],
            "承諾した額",
        ),
    ],
    ids=["to the yen", "more than consented", "more than billed", "in two rows"],
)
def test_what_may_have_been_paid_on(rows: list[PaidLine], says: str) -> None:
    reasons = list(payee_reasons(rows, {VENUE: 400_000}, ITEMS))
    assert says in "".join(reasons)
    assert bool(reasons) == bool(says)
