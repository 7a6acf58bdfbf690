"""What can be asked for, what can be paid, and how an amount is proposed on lines. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.contractors.rules import (
    BilledLine,
    PaymentSubject,
    PlannedLineTerms,
    billing_reasons,
    payment_reasons,
    spread,
)


def line(amount: int, elsewhere: int = 0) -> PlannedLineTerms:
    return PlannedLineTerms(uuid4(), uuid4(), "⑦", "12", "細目", "contract", amount, elsewhere)


@given(
    st.integers(min_value=1, max_value=10**9),
    st.lists(st.integers(min_value=0, max_value=10**8), min_size=1, max_size=6),
)
def test_a_proposal_always_adds_up(amount: int, planned: list[int]) -> None:
    shares = spread(amount, [line(one) for one in planned])
    assert sum(shares.values()) == amount
    assert all(share > 0 for share in shares.values())


def test_a_proposal_leaves_to_others_what_is_theirs() -> None:
    first, second = line(500, elsewhere=300), line(900)
    assert spread(600, [first, second]) == {first.uid: 200, second.uid: 400}


BILLED = BilledLine("謝金", allocated=1_000, before=600, amount=400, paid=0)


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("part", BILLED, ""),
        ("part", BilledLine("謝金", 1_000, 600, 401, 0), "充当額（1,000円）を超えています"),
        ("part", BilledLine("謝金", 1_000, 600, 0, 0), "0円です"),
        ("return", BilledLine("謝金", 1_000, 600, 600, 600), ""),
        ("return", BilledLine("謝金", 1_000, 600, 601, 600), "支払った額（600円）を超えています"),
        ("return", BilledLine("謝金", 1_000, 600, 1, 0), "支払った額（0円）を超えています"),
    ],
    ids=[
        "the last yen",
        "one yen too many",
        "nothing",
        "all of it back",
        "more than came",
        "not paid yet",
    ],
)
def test_what_can_be_asked_for(kind: str, given: BilledLine, words: str) -> None:
    found = "".join(billing_reasons(kind, [given]))
    assert (words in found) if words else not found


READY = PaymentSubject(
    kind="final",
    amount=400,
    accepted=1_000,
    decided=600,
    is_completed=True,
    declared=frozenset({"start", "completion"}),
    national=(),
)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"accepted": 999}, "検査で合格とした額（999円）を超えます"),
        ({"kind": "advance", "accepted": 0, "is_completed": False}, ""),
        ({"is_completed": False}, "完了検査の合格の記録がありません"),
        ({"kind": "part", "is_completed": False, "declared": frozenset({"start"})}, ""),
        ({"declared": frozenset({"completion"})}, "着手時の他の資金の申告がありません"),
        ({"declared": frozenset({"start"})}, "完了時の他の資金の申告がありません"),
        ({"national": ("別の交付金",)}, "国の補助金等「別の交付金」が同じ経費に"),
    ],
    ids=[
        "自治法234条の2 inspected to the yen",
        "自治法234条の2 one yen not inspected",
        "自治法232条の5 an advance comes before the work",
        "自治法234条の2 the last payment needs the whole",
        "4(3) a part payment needs the first declaration alone",
        "4(3) nothing declared at the start",
        "4(3) nothing declared at the end",
        "4(3) national money for the same expense",
    ],
)
def test_what_can_be_paid(changes: dict[str, Any], words: str) -> None:
    found = "".join(payment_reasons(replace(READY, **changes)))
    assert (words in found) if words else not found
