"""軽微な変更: what needs approval, counted since the last decision. Integer yen; no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.changes.requirements import ChangeSubject
from grants.changes.rules import MovableLine, judge_change, move_reasons, shares, shifts
from grants.contractors.api import LineMoney
from grants.guideline.api import Subject, judge
from grants.plans.api import compute_amounts
from grants.plans.content import Indicator, PlanContent
from tests.grants.plans_of import activity, line, plan, platform, terms, uid

COST = "適正化法7条1項1号"


def priced(**yen: int) -> PlanContent:
    """A plan whose 対象経費 are these yen by 節 («c07»: 報償費)."""
    lines = tuple(
        line(f"line {code}", category_code=code[1:], amount=amount) for code, amount in yen.items()
    )
    one = activity("07", lines=lines)
    return plan(platform=platform(lines=()), activities=(activity("04", lines=()), one))


def needed(
    before: PlanContent, after: PlanContent, decided: int = 1, asked: int = 1, **t: Any
) -> list[str]:
    found = judge_change(before, after, decided=decided, asked=asked, terms=terms(**t))
    return [need.text for need in found.needs]


BASE = {"c07": 1_000_000, "c12": 4_000_000}


@pytest.mark.parametrize(
    ("basis", "moved", "is_needed"),
    [
        pytest.param("smaller", 200_000, False, id="7条1項1号-smaller-at-20-percent"),
        pytest.param("smaller", 200_001, True, id="7条1項1号-smaller-one-yen-over"),
        pytest.param("destination", 200_000, False, id="7条1項1号-destination-at-20-percent"),
        pytest.param("destination", 200_001, True, id="7条1項1号-destination-one-yen-over"),
        pytest.param("source", 200_001, False, id="7条1項1号-source-measures-the-other-side"),
        pytest.param("source", 800_000, False, id="7条1項1号-source-at-20-percent"),
        pytest.param("source", 800_001, True, id="7条1項1号-source-one-yen-over"),
    ],
)
def test_a_move_from_contracts_to_fees(basis: str, moved: int, is_needed: bool) -> None:
    after = priced(c07=1_000_000 + moved, c12=4_000_000 - moved)
    found = needed(priced(**BASE), after, minor_change_basis=basis)
    assert bool(found) is is_needed


@pytest.mark.parametrize(
    ("percent", "is_needed"),
    [pytest.param(30, False, id="percent-30"), pytest.param(20, True, id="percent-20")],
)
def test_the_percentage_is_the_programmes(percent: int, is_needed: bool) -> None:
    after = priced(c07=1_300_000, c12=3_700_000)
    assert bool(needed(priced(**BASE), after, minor_change_percent=percent)) is is_needed


def test_a_category_that_was_not_planned_has_no_room() -> None:
    after = priced(c07=1_000_000, c12=3_999_999, c11=1)
    [need] = needed(priced(**BASE), after)
    assert "11" in need
    assert "0円まで" in need


def test_by_activity_a_move_inside_one_is_none() -> None:
    after = priced(c07=2_000_000, c12=3_000_000)
    assert not needed(priced(**BASE), after, minor_change_unit="activity")


def changed(**given: Any) -> PlanContent:
    return replace(plan(), **given)


FOURTH, SEVENTH = plan().activities


@pytest.mark.parametrize(
    ("key", "after", "said"),
    [
        pytest.param(
            "purpose", changed(vision="別の姿"), "目指す姿を変える", id="7条1項3号-purpose"
        ),
        pytest.param(
            "activities", changed(activities=(FOURTH,)), "をやめる", id="7条1項3号-activity-dropped"
        ),
        pytest.param(
            "activities",
            changed(activities=(FOURTH, SEVENTH, activity("05", lines=()))),
            "を加える",
            id="7条1項3号-activity-added",
        ),
        pytest.param(
            "delivery",
            changed(
                activities=(FOURTH, activity("07", lines=(line("line 07", delivery="contract"),)))
            ),
            "実施方法",
            id="7条1項3号-delivery",
        ),
        pytest.param(
            "targets",
            changed(
                activities=(
                    FOURTH,
                    activity(
                        "07",
                        indicators=(Indicator(uid("i 07"), "拠点数", "か所", Decimal(9), ""),),
                    ),
                )
            ),
            "目標「拠点数」を下げる",
            id="7条1項3号-target-lowered",
        ),
        pytest.param(
            "completion",
            changed(completes_on=date(2027, 4, 1)),
            "完了予定日",
            id="7条1項5号-completion",
        ),
    ],
)
def test_what_always_needs_approval_is_the_programmes(
    key: str, after: PlanContent, said: str
) -> None:
    [need] = [n for n in needed(plan(), after, always_approved=(key,)) if said in n]
    assert need
    assert not [n for n in needed(plan(), after, always_approved=()) if said in n]


def test_another_amount_always_needs_it() -> None:
    """適正化法6条1項: what is given is decided."""
    [need] = needed(plan(), plan(), decided=5_000_000, asked=4_000_000, always_approved=("amount",))
    assert "5,000,000円から4,000,000円" in need


def test_a_word_that_changes_nothing_of_the_kind_needs_none() -> None:
    assert not needed(plan(), changed(issues="書き直した。"))


amounts = st.integers(min_value=0, max_value=10_000_000)


@given(before=amounts, after=amounts)
def test_the_limit_is_exact(before: int, after: int) -> None:
    """Over exactly when |delta| × 100 is more than before × 20: no rounding decides."""
    [one] = shifts({"07": before}, {"07": after}, terms())
    assert one.is_over is (abs(after - before) * 100 > before * 20)


@given(st.lists(amounts, min_size=2, max_size=6))
def test_what_moves_adds_up(parts: list[int]) -> None:
    codes = [f"c{n:02}" for n in range(1, len(parts) + 1)]
    before = priced(**dict(zip(codes, parts, strict=True)))
    after = priced(**dict(zip(codes, reversed(parts), strict=True)))
    found = shifts(shares(before, terms()), shares(after, terms()), terms())
    assert sum(one.delta for one in found) == 0


ONE = MovableLine(uid("a"), "1行目", "④", "07 報償費", 100_000, True)
OTHER = replace(ONE, uid=uid("b"))


@pytest.mark.parametrize(
    ("source", "target", "amount", "reason", "said"),
    [
        pytest.param(ONE, ONE, 1, "理由", "別の明細", id="same-line"),
        pytest.param(
            ONE, replace(OTHER, is_eligible=False), 1, "理由", "対象外", id="4(3)-eligible"
        ),
        pytest.param(ONE, OTHER, 100_001, "理由", "残り（100,000円）以下", id="more-than-is-left"),
        pytest.param(ONE, OTHER, 0, "理由", "1円以上", id="nothing"),
        pytest.param(ONE, OTHER, 1, " ", "理由を入力", id="no-reason"),
        pytest.param(None, OTHER, 1, "理由", "いまの計画にありません", id="unknown"),
    ],
)
def test_why_yen_cannot_move(
    source: MovableLine | None, target: MovableLine, amount: int, reason: str, said: str
) -> None:
    assert any(said in one for one in move_reasons(source, target, amount, reason))


def test_all_that_is_left_may_move() -> None:
    assert not list(move_reasons(ONE, OTHER, 100_000, "見積りの差"))


PLATFORMS, ACTIVITYS, GONE = uid("platform line"), uid("line 07"), uid("gone")


@pytest.mark.parametrize(
    ("contracted", "address"),
    [
        pytest.param(PLATFORMS, f"platform/{PLATFORMS}/amount", id="3(1)-of-the-platform"),
        pytest.param(
            ACTIVITYS, f"activity:{uid('activity 07')}/{ACTIVITYS}/amount", id="3(2)-of-an-activity"
        ),
        pytest.param(GONE, "activities//", id="3(2)-of-a-line-that-goes"),
    ],
)
def test_a_line_below_its_contracts_is_pointed_at(contracted: UUID, address: str) -> None:
    own = line("line 07", activity_uid=uid("activity 07"))
    after = plan(activities=(activity("04"), activity("07", lines=(own,))))
    subject = ChangeSubject(
        reason="減額のため。",
        decided=1,
        asked=1,
        table=compute_amounts(0, 0, 0, terms()),
        changed=1,
        after=after,
        finding=judge_change(after, after, decided=1, asked=1, terms=terms()),
        contracted={contracted: LineMoney(125_001)},
        follows=True,
    )
    (found,) = [
        one for one in judge(Subject.CHANGE, subject) if one.requirement.id == "change.contracts"
    ]
    assert [problem.address for problem in found.problems] == [address]
