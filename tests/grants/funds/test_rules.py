"""予算 ≥ 示達 ≥ 支出負担行為 ≥ 支払; what comes next in April; rows beside payments. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.funds.countdown import Place, next_of
from grants.funds.matching import Entry, Recorded, Waiting, body_of, compare
from grants.funds.rules import Totals, paying_reasons, record_reasons
from grants.funds.states import Found

TODAY = date(2026, 4, 10)
TOTALS = Totals(appropriation=100, allotment=60, commitment=40, paid=30)


@pytest.mark.parametrize(
    ("step", "amount", "replaced", "said"),
    [
        pytest.param("appropriation", 1, None, None, id="財政法31条-more"),
        pytest.param("allotment", 40, None, None, id="予決令41条-all-of-the-budget"),
        pytest.param(
            "allotment", 41, None, "示達の合計（101円）が、予算", id="予決令41条-one-over"
        ),
        pytest.param("commitment", 20, None, None, id="会計法11条-all-that-is-allotted"),
        pytest.param(
            "commitment", 21, None, "支出負担行為の合計（61円）", id="会計法11条-one-over"
        ),
        pytest.param("commitment", 0, None, "1円以上", id="nothing"),
        pytest.param("appropriation", 60, 100, None, id="correction-down-to-the-allotment"),
        pytest.param(
            "appropriation", 59, 100, "示達の合計（60円）が、予算", id="correction-below-it"
        ),
        pytest.param("commitment", 30, 40, None, id="correction-down-to-what-was-paid"),
        pytest.param(
            "commitment", 29, 40, "支払済みの額の合計（30円）", id="correction-below-what-was-paid"
        ),
        pytest.param("commitment", 0, 40, "支払済みの額", id="taken-away-under-payments"),
    ],
)
def test_each_step_stays_within_the_one_before(
    step: str, amount: int, replaced: int | None, said: str | None
) -> None:
    found = list(
        record_reasons(step, amount, TOTALS, replaced=replaced, acted_on=TODAY, today=TODAY)
    )
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


def test_a_step_to_come_is_not_recorded() -> None:
    [said] = record_reasons(
        "commitment", 1, TOTALS, replaced=None, acted_on=date(2026, 4, 11), today=TODAY
    )
    assert "今日以前" in said


def test_a_year_that_was_paid_before_it_was_recorded_can_still_be_recorded() -> None:
    paid = Totals(appropriation=100, allotment=100, paid=80)
    assert not list(
        record_reasons("commitment", 50, paid, replaced=None, acted_on=TODAY, today=TODAY)
    )


@pytest.mark.parametrize(("amount", "is_refused"), [(10, False), (11, True)])
def test_paid_within_what_was_committed(amount: int, is_refused: bool) -> None:
    """会計法11条."""
    assert bool(list(paying_reasons(amount, TOTALS))) is is_refused


APRIL_10, APRIL_30 = date(2026, 4, 10), date(2026, 4, 30)
PLACE = Place(report="", is_fixed=False, left=5, over=0, claim="")
FIXED = replace(PLACE, report="decided", is_fixed=True)


@pytest.mark.parametrize(
    ("place", "label", "who", "due_on"),
    [
        pytest.param(PLACE, "実績報告を提出する", "都道府県", APRIL_10, id="14条-none"),
        pytest.param(
            replace(PLACE, report="draft"),
            "実績報告を提出する",
            "都道府県",
            APRIL_10,
            id="14条-written",
        ),
        pytest.param(
            replace(PLACE, report="returned"),
            "実績報告を直して",
            "都道府県",
            APRIL_10,
            id="14条-returned",
        ),
        pytest.param(
            replace(PLACE, report="submitted"),
            "審査を始める",
            "内閣府",
            APRIL_30,
            id="15条-received",
        ),
        pytest.param(
            replace(PLACE, report="under_review"),
            "審査を終える",
            "内閣府",
            APRIL_30,
            id="15条-examined",
        ),
        pytest.param(
            replace(PLACE, report="under_review", expected_until=date(2026, 5, 31)),
            "支払済みの額を報告する",
            "都道府県",
            date(2026, 5, 31),
            id="地方自治法235条の5-expects-to-pay",
        ),
        pytest.param(
            replace(PLACE, report="reviewed"), "額を確定する", "内閣府", APRIL_30, id="15条-to-fix"
        ),
        pytest.param(FIXED, "精算払を請求する", "都道府県", APRIL_30, id="予決令4条-to-claim"),
        pytest.param(
            replace(FIXED, claim="returned"),
            "精算払を請求する",
            "都道府県",
            APRIL_30,
            id="予決令4条-again",
        ),
        pytest.param(
            replace(FIXED, claim="submitted"),
            "請求の審査を始める",
            "内閣府",
            APRIL_30,
            id="予決令4条-claimed",
        ),
        pytest.param(
            replace(FIXED, claim="under_review"),
            "請求を認める",
            "内閣府",
            APRIL_30,
            id="予決令4条-examined",
        ),
        pytest.param(
            replace(FIXED, claim="accepted"),
            "額を支払う",
            "内閣府",
            APRIL_30,
            id="予決令4条-to-pay",
        ),
        pytest.param(replace(FIXED, left=0), "終わりました", "", None, id="done"),
        pytest.param(
            replace(FIXED, left=0, over=3), "返還を命ずる", "内閣府", None, id="18条2項-over"
        ),
    ],
)
def test_what_comes_next(place: Place, label: str, who: str, due_on: date | None) -> None:
    found = next_of(place, report_due=APRIL_10, payment_day=APRIL_30, today=TODAY)
    assert label in found.label
    assert (found.who, found.due_on) == (who, due_on)
    assert found.is_done is (not who)


@pytest.mark.parametrize(
    ("today", "days", "is_late"),
    [(date(2026, 4, 9), 1, False), (APRIL_10, 0, False), (date(2026, 4, 11), -1, True)],
    ids=["the-day-before", "the-day-itself", "the-day-after"],
)
def test_the_countdown(today: date, days: int, is_late: bool) -> None:
    found = next_of(PLACE, report_due=APRIL_10, payment_day=APRIL_30, today=today)
    assert (found.days_left, found.is_late) == (days, is_late)


def test_worst_first() -> None:
    places = [
        replace(FIXED, left=0),
        replace(FIXED, claim="accepted"),
        replace(PLACE, report="submitted"),
        replace(FIXED, left=0, over=3),
        PLACE,
    ]
    steps = [
        next_of(one, report_due=APRIL_10, payment_day=APRIL_30, today=date(2026, 4, 11))
        for one in places
    ]
    shown = [one.label for one in sorted(steps, key=lambda one: one.order)]
    assert shown == [
        "実績報告を提出する",
        "実績報告の審査を始める",
        "精算払の額を支払う",
        "返還を命ずる",
        "終わりました",
    ]


DAY = date(2026, 4, 20)
ENTRY = Entry(2, "支出-1", "長野県知事", "長野県", 100, DAY)
PAYMENT = Recorded(UUID(int=1), "支出-1", "長野県", 100, DAY)
CLAIM = Waiting(UUID(int=9), "2025-B-0001", "長野県", 100)


@pytest.mark.parametrize(
    ("changed", "found", "differing", "takable"),
    [
        pytest.param({}, Found.SAME, (), False, id="same"),
        pytest.param({"reference": "支出－１"}, Found.SAME, (), False, id="same-in-full-width"),
        pytest.param({"reference": ""}, Found.SAME, (), False, id="a-number-that-is-not-there"),
        pytest.param({"amount": 99}, Found.DIFFERS, ("支払額",), False, id="amount"),
        pytest.param({"body": "岐阜県"}, Found.DIFFERS, ("相手方",), False, id="body"),
        pytest.param({"paid_on": date(2026, 4, 21)}, Found.DIFFERS, ("支払日",), True, id="day"),
        pytest.param(
            {"paid_on": date(2026, 4, 21), "amount": 1},
            Found.DIFFERS,
            ("支払額", "支払日"),
            False,
            id="day-and-amount",
        ),
        pytest.param({"reference": "支出-2"}, Found.DIFFERS, ("文書番号",), False, id="number"),
    ],
)
def test_a_row_beside_its_payment(
    changed: dict[str, Any], found: Found, differing: tuple[str, ...], takable: bool
) -> None:
    [match] = compare([replace(ENTRY, **changed)], [PAYMENT], [])
    assert (match.found, match.differing, match.can_be_taken) == (found, differing, takable)


def test_a_row_that_meets_nothing() -> None:
    stranger = replace(ENTRY, body="", payee="どこか市", reference="9", amount=7)
    there, here = compare([stranger], [PAYMENT], [])
    assert (there.found, here.found) == (Found.ONLY_THERE, Found.ONLY_HERE)
    assert "どこか市" in there.reason


def test_a_row_of_a_claim_that_waits() -> None:
    [match] = compare([ENTRY], [], [CLAIM])
    assert match.found == Found.CLAIM
    assert match.can_be_taken
    [_, second] = compare([ENTRY, replace(ENTRY, number=3)], [], [CLAIM])
    assert second.found == Found.ONLY_THERE, "one claim answers one row"


def test_what_is_not_clear_is_not_guessed() -> None:
    """Two payments of one amount, and a row with neither's number nor day."""
    row = replace(ENTRY, reference="", paid_on=date(2026, 4, 25))
    other = replace(PAYMENT, pk=UUID(int=2), reference="支出-2", paid_on=date(2026, 4, 21))
    first, *rest = compare([row], [PAYMENT, other], [])
    assert first.found == Found.ONLY_THERE
    assert "決められません" in first.reason
    assert [one.found for one in rest] == [Found.ONLY_HERE] * 2


@pytest.mark.parametrize(
    ("payee", "body"),
    [
        ("長野県", "長野県"),
        ("長野県知事", "長野県"),
        ("長野県　会計管理者", "長野県"),
        ("長野市", ""),
        ("長野県庁生活協同組合", ""),
        ("", ""),
    ],
)
def test_whose_row_it_is(payee: str, body: str) -> None:
    assert body_of(payee, ["岐阜県", "長野県"]) == body


_rows = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(["長野県", "岐阜県"]),
        st.integers(1, 2),
        st.sampled_from([DAY, date(2026, 4, 21)]),
    ),
    max_size=6,
)


@given(_rows, _rows)
def test_every_row_and_every_payment_is_told_of_once(there: Any, here: Any) -> None:
    entries = [Entry(n, ref, body, body, yen, day) for n, (ref, body, yen, day) in enumerate(there)]
    payments = [
        Recorded(UUID(int=n), ref, body, yen, day) for n, (ref, body, yen, day) in enumerate(here)
    ]
    found = compare(entries, payments, [])
    assert sorted(one.entry.number for one in found if one.entry) == list(range(len(there)))
    assert sorted(one.payment.pk.int for one in found if one.payment) == list(range(len(here)))


def waiting(number: int, body: str, amount: int) -> Waiting:
    return Waiting(UUID(int=number), f"2026-B-{number:04}", body, amount)


@pytest.mark.parametrize(
    ("amounts", "claims", "found"),
    [
        pytest.param((3, 4), [("長野県", 10)], ["claim", "claim"], id="two-parts"),
        pytest.param((3, 7), [("長野県", 10)], ["claim", "claim"], id="two-parts-that-are-all"),
        pytest.param((3, 8), [("長野県", 10)], ["only_there"] * 2, id="one-yen-above"),
        pytest.param((3,), [("長野県", 10), ("長野県", 5)], ["only_there"], id="two-claims-wait"),
        pytest.param((3,), [("岐阜県", 10)], ["only_there"], id="another-body"),
        pytest.param((5,), [("長野県", 10), ("長野県", 5)], ["claim"], id="one-of-two-to-the-yen"),
    ],
)
def test_rows_are_parts_of_a_claim_only_where_that_is_clear(
    amounts: tuple[int, ...], claims: list[tuple[str, int]], found: list[str]
) -> None:
    rows = [Entry(n, f"支出-{n}", "長野県", "長野県", a, TODAY) for n, a in enumerate(amounts, 2)]
    open_ = [waiting(n, *one) for n, one in enumerate(claims, 1)]
    assert [one.found.value for one in compare(rows, [], open_)] == found
