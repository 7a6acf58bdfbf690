"""What the clauses say of a contract; each case names its clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.contractors.requirements import REQUIREMENTS, AllocatedLine, ContractSubject
from grants.contractors.rules import (
    Finding,
    PlannedActivityTerms,
    Quote,
    counted_before,
    eligibility_reasons,
    months_between,
)
from grants.guideline.api import Subject, requirements

DAY = date(2025, 4, 1)
CHECKS = tuple(
    Finding(kind, "clear", date(2025, 3, 20), date(2026, 3, 31))
    for kind in ("religious", "political", "organised_crime")
)
VENUES = PlannedActivityTerms(uuid4(), "07", "⑦ 相談", "居場所", True, {"contract": 5_000_000})
SURVEY = PlannedActivityTerms(uuid4(), "02", "② 調査", "調査", False, {"contract": 3_000_000})
GOOD = ContractSubject(
    kind="contract",
    amount=1_900_000,
    signed_on=DAY,
    entrusted_on=DAY,
    starts_on=DAY,
    ends_on=date(2026, 3, 31),
    method="PRO",
    ground="",
    ground_reason="",
    selection_reason="公募により選んだ。",
    evidence_count=1,
    findings=CHECKS,
    activities=(VENUES,),
    missing=(),
    first_eligible_on=DAY,
    year=(date(2025, 4, 1), date(2026, 3, 31)),
    allocated=(AllocatedLine("会場使用料", 1_900_000, 5_000_000),),
    small_ceiling=2_000_000,
)


def one_line(amount: int) -> dict[str, object]:
    """Yen, all of it on one line of the plan."""
    return {"amount": amount, "allocated": (AllocatedLine("会場使用料", amount, 5_000_000),)}


def failing(contract: ContractSubject) -> set[str]:
    return {r.id.removeprefix("contract.") for r in REQUIREMENTS if list(r.judge(contract))}


def with_finding(kind: str, **changes: object) -> tuple[Finding, ...]:
    return tuple(replace(f, **changes) if f.kind == kind else f for f in CHECKS)


def test_a_contract_without_fault_has_evidence_for_every_requirement() -> None:
    assert failing(GOOD) == set()
    assert all(requirement.evidence(GOOD) for requirement in REQUIREMENTS)


TWO = (Quote("みらい", 1_900_000, True), Quote("つどい", 1_950_000, False))
DEARER = (Quote("みらい", 1_950_000, True), Quote("つどい", 1_900_000, False))
NEGOTIATED = {"method": "NEG", "ground": "2", "ground_reason": "性質が競争に適しない。"}
SUBSIDISED = replace(VENUES, amounts={"subsidy": 5_000_000})


@pytest.mark.parametrize(
    ("changes", "fails"),
    [
        pytest.param({"activities": ()}, {"planned"}, id="2(2)-1 no activity"),
        pytest.param(
            {"activities": (replace(VENUES, amounts={"direct": 1}),)},
            {"planned"},
            id="2(2)-1 the plan does it itself",
        ),
        pytest.param({"missing": ("居場所",)}, {"planned"}, id="2(2)-1 no longer in the plan"),
        pytest.param({"selection_reason": ""}, {"selection"}, id="2(2)-2 no selection"),
        pytest.param({"findings": CHECKS[1:]}, {"beliefs"}, id="2(2)-4 religion not checked"),
        pytest.param(
            {"findings": with_finding("political", result="undecided")},
            {"beliefs"},
            id="2(2)-4 politics to be discussed",
        ),
        pytest.param(
            {"findings": with_finding("organised_crime", result="excluded")},
            {"organised_crime"},
            id="2(2)-5 found",
        ),
        pytest.param(
            {"findings": with_finding("organised_crime", expires_on=DAY - timedelta(days=1))},
            {"organised_crime"},
            id="2(2)-5 expired the day before",
        ),
        pytest.param(
            {"findings": with_finding("organised_crime", expires_on=DAY)},
            set(),
            id="2(2)-5 expires on the day itself",
        ),
        pytest.param({"evidence_count": 0}, {"method"}, id="2(3)-1 no evidence"),
        pytest.param(
            {"papers_asked": ("実施要領", "審査結果"), "papers_named": frozenset({"審査結果"})},
            {"method"},
            id="2(3)-1 one of the papers that the method asks for",
        ),
        pytest.param(
            {"papers_asked": ("審査結果",), "papers_named": frozenset({"審査結果"})},
            set(),
            id="2(3)-1 all of them",
        ),
        pytest.param(NEGOTIATED | {"estimates_asked": 2}, {"estimates"}, id="2(3)-2 no estimate"),
        pytest.param(
            NEGOTIATED | {"estimates_asked": 2, "single_estimate_reason": "ほかにない。"},
            {"estimates"},
            id="2(3)-2 no estimate, with a reason for one",
        ),
        pytest.param(
            NEGOTIATED | {"estimates_asked": 2, "estimates": TWO[:1]},
            {"estimates"},
            id="2(3)-2 one estimate without a reason",
        ),
        pytest.param(
            NEGOTIATED
            | {
                "estimates_asked": 2,
                "estimates": TWO[:1],
                "single_estimate_reason": "ほかにない。",
            },
            set(),
            id="2(3)-2 one estimate with a reason",
        ),
        pytest.param(
            NEGOTIATED | {"estimates_asked": 2, "estimates": TWO},
            set(),
            id="2(3)-2 two estimates, the lower chosen",
        ),
        pytest.param(
            NEGOTIATED | {"estimates_asked": 3, "estimates": TWO},
            {"estimates"},
            id="2(3)-2 two where three are asked for",
        ),
        pytest.param(
            NEGOTIATED | {"estimates": TWO[1:]}, {"estimates"}, id="2(3)-2 none of them chosen"
        ),
        pytest.param(
            NEGOTIATED | {"estimates": DEARER}, {"estimates"}, id="2(3)-2 the dearer, no reason"
        ),
        pytest.param(
            NEGOTIATED | {"estimates": DEARER, "dearer_reason": "通いやすい。"},
            set(),
            id="2(3)-2 the dearer with a reason",
        ),
        pytest.param(
            NEGOTIATED | {"estimates": TWO, "first_amount": 1_900_001},
            {"estimates"},
            id="2(3)-2 a yen above the estimate",
        ),
        pytest.param(
            {"estimates": DEARER}, set(), id="2(3)-1 a competition is not judged by its estimates"
        ),
        pytest.param(NEGOTIATED, set(), id="2(3)-2 negotiated with ground and reason"),
        pytest.param(NEGOTIATED | {"ground": ""}, {"ground"}, id="2(3)-2 no ground"),
        pytest.param(NEGOTIATED | {"ground_reason": ""}, {"ground"}, id="2(3)-2 no reason"),
        pytest.param(
            NEGOTIATED | one_line(2_000_000) | {"ground": "1"}, set(), id="令167の2 at the ceiling"
        ),
        pytest.param(
            NEGOTIATED | one_line(2_000_001) | {"ground": "1"}, {"small"}, id="令167の2 above it"
        ),
        pytest.param(
            NEGOTIATED | one_line(900_000) | {"ground": "1", "small_nearby": (1_100_000,)},
            set(),
            id="令167の2 two small ones at the ceiling together",
        ),
        pytest.param(
            NEGOTIATED | one_line(900_000) | {"ground": "1", "small_nearby": (1_100_001,)},
            {"split"},
            id="令167の2 two small ones above it together",
        ),
        pytest.param(
            NEGOTIATED | one_line(900_000) | {"small_nearby": (1_900_000,)},
            set(),
            id="令167の2 not a small one itself",
        ),
        pytest.param(
            {"kind": "subsidy", "activities": (SUBSIDISED,), "evidence_count": 0},
            set(),
            id="2(4) ⑦ by subsidy",
        ),
        pytest.param(
            {
                "kind": "subsidy",
                "activities": (replace(SURVEY, amounts={"subsidy": 3_000_000}),),
            },
            {"subsidy"},
            id="2(4) ② by subsidy",
        ),
        pytest.param(
            {
                "amount": 5_000_001,
                "allocated": (AllocatedLine("会場使用料", 5_000_001, 5_000_000),),
            },
            {"amount", "lines"},
            id="対象経費 above the plan",
        ),
        pytest.param({"allocated": ()}, {"allocated"}, id="適正化法11条 not allocated"),
        pytest.param(
            {"allocated": (AllocatedLine("旅費", 1_900_000, None),)},
            {"allocated"},
            id="適正化法11条 a line of another activity",
        ),
        pytest.param(
            {"first_eligible_on": DAY + timedelta(days=1)},
            {"first_day"},
            id="対象経費 before the first day",
        ),
        pytest.param({"first_eligible_on": None}, set(), id="対象経費 day not in the portal"),
        pytest.param(
            {"ends_on": date(2026, 4, 1)}, {"year"}, id="自治法208条 beyond the fiscal year"
        ),
    ],
)
def test_what_a_clause_finds(changes: dict[str, object], fails: set[str]) -> None:
    assert failing(replace(GOOD, **changes)) == fails


def test_warnings_stop_nothing_and_the_rest_does() -> None:
    warnings = {r.id for r in REQUIREMENTS if not r.is_blocking}
    assert warnings == {
        "contract.split",
        "contract.amount",
        "contract.lines",
        "contract.first_day",
    }
    assert set(REQUIREMENTS) == set(requirements(Subject.CONTRACT))


def test_the_last_finding_of_a_kind_counts() -> None:
    """要領2(2): a body found out later is excluded, however good its first check was."""
    later = Finding("organised_crime", "excluded", date(2025, 8, 1), date(2026, 7, 31))
    assert len(eligibility_reasons((*CHECKS, later), DAY)) == 1
    again = Finding("organised_crime", "clear", date(2025, 9, 1), date(2026, 8, 31))
    assert eligibility_reasons((*CHECKS, later, again), DAY) == []


def test_of_two_findings_of_one_day_the_second_counts() -> None:
    wrong = replace(CHECKS[0], result="excluded")
    assert eligibility_reasons((wrong, *CHECKS), DAY) == []
    assert len(eligibility_reasons((*CHECKS, wrong), DAY)) == 1


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(min_value=0, max_value=800))
def test_every_day_of_a_period_is_in_one_month(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    months = months_between(first, last)
    assert months == sorted(set(months))
    assert months[0] == first.replace(day=1)
    assert months[-1] == last.replace(day=1)
    assert all(month.day == 1 for month in months)
    assert len(months) == (last.year - first.year) * 12 + last.month - first.month + 1


@pytest.mark.parametrize(
    ("kind", "is_subsidy", "parts", "net", "counted"),
    [
        pytest.param("part", False, 500, 500, 500, id="234条の2-parts-alone"),
        pytest.param("part", False, 500, 900, 500, id="234条の2-an-advance-is-no-part"),
        pytest.param("part", False, 500, 300, 300, id="234条の2-what-came-back-may-be-paid-again"),
        pytest.param("part", False, 0, 0, 0, id="234条の2-an-advance-that-came-back-frees-nothing"),
        pytest.param("final", False, 500, 900, 900, id="234条の2-the-last-counts-the-advance"),
        pytest.param("final", False, 500, 300, 300, id="234条の2-the-last-less-what-came-back"),
        pytest.param("part", True, 0, 400, 400, id="2(4)-a-subsidy-counts-all"),
    ],
)
def test_earlier_payments_count_against_what_was_found_good(
    kind: str, is_subsidy: bool, parts: int, net: int, counted: int
) -> None:
    assert counted_before(kind, is_subsidy=is_subsidy, parts=parts, net=net) == counted
