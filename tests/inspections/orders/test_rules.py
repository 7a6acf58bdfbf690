"""On what an order rests (要領5(2)-2, 適正化法13条, 16条, 25条), and when it is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inspections.orders.rules import (
    ARTICLES,
    Proposal,
    Standing,
    basis_reasons,
    failure_reasons,
    is_by_law,
    is_overdue,
    report_reasons,
)
from inspections.orders.states import Basis, OrderKind

DUE = date(2026, 12, 25)
DAY = timedelta(days=1)
RUNNING, REPORTED, FIXED = Standing(False, False), Standing(True, False), Standing(True, True)


@pytest.mark.parametrize(
    ("basis", "kind", "standing", "has_earlier", "said"),
    [
        ("guideline", "discontinue", RUNNING, False, ""),
        ("guideline", "change", REPORTED, False, ""),
        ("guideline", "conform", FIXED, False, ""),
        ("guideline", "suspend", RUNNING, False, "事業の中止、事業の変更、適合"),
        ("perform", "conform", RUNNING, False, ""),
        ("perform", "discontinue", RUNNING, False, "命じられるのは、適合"),
        ("perform", "conform", FIXED, False, "額の確定の後"),
        ("correct", "conform", REPORTED, False, ""),
        ("correct", "conform", RUNNING, False, "実績報告を受けた後"),
        ("correct", "conform", FIXED, False, "額の確定の後"),
        ("suspend", "suspend", RUNNING, True, ""),
        ("suspend", "suspend", RUNNING, False, "13条1項の命令を選んで"),
        ("suspend", "conform", RUNNING, True, "命じられるのは、事業の一時停止"),
        ("guideline", "conform", RUNNING, True, "一時停止を命ずるときだけ"),
    ],
    ids=[
        "要領5(2)-2-discontinue",
        "要領5(2)-2-change",
        "要領5(2)-2-conform-after-the-amount-is-fixed",
        "要領5(2)-2-does-not-suspend",
        "適正化法13条1項-perform",
        "適正化法13条1項-does-not-end",
        "適正化法13条1項-too-late",
        "適正化法16条1項-correct",
        "適正化法16条1項-before-the-report",
        "適正化法16条1項-too-late",
        "適正化法13条2項-after-an-order-not-kept",
        "適正化法13条2項-after-nothing",
        "適正化法13条2項-suspends-alone",
        "要領5(2)-2-follows-nothing",
    ],
)
def test_what_an_order_rests_on(
    basis: str, kind: str, standing: Standing, has_earlier: bool, said: str
) -> None:
    found = list(basis_reasons(basis, kind, standing, has_earlier=has_earlier))
    assert len(found) == bool(said)
    assert not said or said in found[0]


@pytest.mark.parametrize("basis", Basis.values)
def test_every_basis_has_its_article_and_a_kind(basis: str) -> None:
    standing = Standing(is_reported=True, is_fixed=False)
    kinds = [
        kind
        for kind in OrderKind.values
        if not list(basis_reasons(basis, kind, standing, has_earlier=basis == Basis.SUSPEND))
    ]
    assert kinds
    assert is_by_law(basis) == ARTICLES[basis].startswith("適正化法")


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        ("issued", DUE, False),
        ("issued", DUE + DAY, True),
        ("reported", DUE + DAY, False),
        ("not_complied", DUE + DAY, False),
    ],
)
def test_overdue_is_a_question(state: str, today: date, expected: bool) -> None:
    assert is_overdue(state, DUE, today) == expected


@pytest.mark.parametrize(
    ("state", "today", "is_refused"),
    [("issued", DUE, True), ("issued", DUE + DAY, False), ("reported", DUE - DAY, False)],
    ids=["要領5(2)-2-still-time", "要領5(2)-2-day-over", "要領5(2)-2-reported-insufficient"],
)
def test_the_body_has_its_time(state: str, today: date, is_refused: bool) -> None:
    assert bool(list(failure_reasons(state, DUE, today))) == is_refused


@pytest.mark.parametrize(("text", "is_refused"), [("", True), ("　\n", True), ("行った", False)])
def test_what_a_report_needs(text: str, is_refused: bool) -> None:
    assert bool(list(report_reasons(text))) == is_refused


@pytest.mark.parametrize(
    ("before", "decrease", "after"), [(100, 24, 76), (100, 0, 100), (5, 9, 0), (100, None, None)]
)
def test_what_a_revocation_would_leave(
    before: int, decrease: int | None, after: int | None
) -> None:
    assert Proposal(before, 48, decrease).after == after
