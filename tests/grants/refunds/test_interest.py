"""適正化法19条, 施行令10条・11条: to the yen, and the answers that are wrong."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.refunds.rules import (
    Calculation,
    InterestTerms,
    Money,
    calculate,
    order_reasons,
    tranches,
)
from grants.refunds.states import Ground

TERMS = InterestTerms(Fraction(219, 2000))
BODY, OVERPAID = Ground.REVOKED_BODY, Ground.OVERPAID


def cost(
    refund: int,
    receipts: list[Money],
    repayments: list[Money],
    due_on: date,
    *,
    ground: str = BODY,
    until: date | None = None,
    terms: InterestTerms = TERMS,
) -> Calculation:
    last = max([one.on for one in repayments], default=due_on)
    return calculate(
        refund,
        ground=ground,
        receipts=receipts,
        repayments=repayments,
        due_on=due_on,
        until=until or last,
        terms=terms,
    )


def test_the_rate_is_three_ten_thousandths_a_day() -> None:
    assert TERMS.daily == Fraction(3, 10_000)


def test_19_1_a_leap_year_counts_every_day_on_365() -> None:
    """Worked example A."""
    received = [Money(date(2024, 2, 1), 3_000_000)]
    found = cost(3_000_000, received, [Money(date(2025, 11, 20), 3_000_000)], date(2025, 11, 20))
    assert [s.days for s in found.additional] == [659]
    assert found.additional_yen == 593_100
    assert found.additional_yen not in (592_200, 592_276)
    assert found.late_yen == 0


def test_10_1_several_receipts_the_last_first() -> None:
    """Worked example B."""
    received = [Money(date(2024, 7, 31), 6_000_000), Money(date(2024, 12, 20), 4_000_000)]
    day = date(2026, 2, 4)
    found = cost(5_000_000, received, [Money(day, 5_000_000)], day)
    assert [(s.base, s.days) for s in found.additional] == [(4_000_000, 412), (1_000_000, 554)]
    assert [s.exact(TERMS.daily) for s in found.additional] == [494_400, 166_200]
    assert (found.additional_yen, found.late_yen) == (660_600, 0)


def test_10_2_part_payments_and_one_truncation() -> None:
    """Worked example C: cutting each segment would lose a yen."""
    received = [Money(date(2025, 5, 30), 1_234_567)]
    back = [Money(date(2026, 2, 4), 500_000), Money(date(2026, 3, 10), 734_567)]
    found = cost(1_234_567, received, back, date(2026, 2, 4))
    assert [(s.base, s.days) for s in found.additional] == [(1_234_567, 251), (734_567, 34)]
    assert found.additional_exact == Fraction("100455.4785")
    assert found.additional_yen == 100_455
    assert sum(int(s.exact(TERMS.daily)) for s in found.additional) == 100_454
    assert [(s.base, s.days) for s in found.late] == [(734_567, 34)]
    assert found.late_yen == 7_492
    assert found.left == 100_455 + 7_492


@pytest.mark.parametrize(
    ("ground", "has_additional"),
    [
        pytest.param(Ground.OVERPAID, False, id="18条2項-額の確定による超過額"),
        pytest.param(Ground.REVOKED_BODY, True, id="17条1項"),
        pytest.param(Ground.REVOKED_SUB, False, id="17条2項-間接補助事業者"),
        pytest.param(Ground.CHANGED, False, id="10条-事情変更"),
    ],
)
def test_19_which_refunds_carry_which_interest(ground: str, has_additional: bool) -> None:
    received = [Money(date(2025, 4, 1), 100_000)]
    found = cost(
        100_000, received, [Money(date(2026, 4, 11), 100_000)], date(2026, 4, 1), ground=ground
    )
    assert bool(found.additional) == has_additional
    assert found.late_yen == 100_000 * 10 * 3 // 10_000


def test_a_payment_on_the_due_day_is_not_late_and_one_the_day_after_is() -> None:
    received, due = [Money(date(2025, 4, 1), 1_000_000)], date(2026, 2, 4)
    assert not cost(1_000_000, received, [Money(due, 1_000_000)], due, ground=OVERPAID).late
    after = due + timedelta(days=1)
    found = cost(1_000_000, received, [Money(after, 1_000_000)], due, ground=OVERPAID)
    assert [(s.first, s.last, s.days) for s in found.late] == [(after, after, 1)]
    assert found.late_yen == 300


def test_what_is_unpaid_is_counted_up_to_the_day_asked_for() -> None:
    received = [Money(date(2025, 4, 1), 1_000_000)]
    found = cost(
        1_000_000,
        received,
        [Money(date(2026, 1, 10), 400_000)],
        date(2026, 1, 31),
        until=date(2026, 2, 10),
    )
    assert found.principal_left == 600_000
    assert [(s.base, s.first, s.last) for s in found.late] == [
        (600_000, date(2026, 2, 1), date(2026, 2, 10))
    ]
    assert found.additional[-1].last == date(2026, 2, 10)


def test_money_beyond_the_principal_goes_towards_interest() -> None:
    received, day = [Money(date(2025, 4, 1), 1_000_000)], date(2025, 4, 10)
    found = cost(1_000_000, received, [Money(day, 1_003_000)], day)
    assert found.additional_yen == 3_000
    assert (found.left, found.overpaid) == (0, 0)


def test_19_3_exemption_lowers_what_is_owed_and_never_below_zero() -> None:
    received, day = [Money(date(2025, 4, 1), 1_000_000)], date(2025, 4, 10)
    found = cost(1_000_000, received, [Money(day, 1_000_000)], day)
    eased = Calculation(
        found.principal, found.paid, found.additional, found.late, TERMS, 1_000, 500
    )
    assert (eased.additional_counted, eased.additional_yen, eased.late_yen) == (3_000, 2_000, 0)


def test_more_than_was_received_cannot_come_back() -> None:
    with pytest.raises(ValueError, match="1円超えて"):
        tranches(101, [Money(date(2025, 4, 1), 100)])


def test_money_cannot_come_back_before_it_went() -> None:
    with pytest.raises(ValueError, match="受領した日より前"):
        cost(100, [Money(date(2025, 4, 2), 100)], [Money(date(2025, 4, 1), 100)], date(2025, 5, 1))


def test_18_why_a_refund_cannot_be_ordered() -> None:
    on = date(2026, 2, 4)
    reasons = list(
        order_reasons(
            11,
            received=20,
            received_on=on + timedelta(days=1),
            ordered_before=10,
            ordered_on=on,
            due_on=on,
            reason=" ",
        )
    )
    assert len(reasons) == 4
    assert not list(
        order_reasons(
            10,
            received=20,
            received_on=on,
            ordered_before=10,
            ordered_on=on,
            due_on=on + timedelta(days=20),
            reason="超過したため。",
        )
    )


FIRST = date(2023, 4, 1)
days = st.integers(0, 1500).map(lambda n: FIRST + timedelta(days=n))
yen = st.integers(1, 90_000_000)


@given(yen, st.integers(0, 900), st.integers(0, 900))
def test_splitting_a_period_never_changes_the_exact_sum(amount: int, one: int, two: int) -> None:
    """A part payment of nothing in the middle leaves the fraction as it was."""
    received = [Money(FIRST, amount)]
    middle, end = FIRST + timedelta(days=one), FIRST + timedelta(days=one + two)
    due = FIRST + timedelta(days=one // 2)
    whole = cost(amount, received, [Money(end, amount)], due)
    split = cost(amount, received, [Money(middle, 0), Money(end, amount)], due)
    assert (split.additional_exact, split.late_exact) == (whole.additional_exact, whole.late_exact)


@given(yen, st.integers(0, 900), st.integers(1, 900), st.data())
def test_paying_earlier_never_costs_more(
    amount: int, wait: int, earlier: int, data: st.DataObject
) -> None:
    received = [Money(FIRST, amount)]
    late_day = FIRST + timedelta(days=wait + earlier)
    due = FIRST + timedelta(days=data.draw(st.integers(0, 900)))
    part = data.draw(st.integers(0, amount))
    rest = [Money(late_day, amount - part)]
    late = cost(amount, received, [*rest, Money(late_day, part)], due)
    early = cost(amount, received, [*rest, Money(late_day - timedelta(days=earlier), part)], due)
    assert early.additional_exact <= late.additional_exact
    assert early.late_exact <= late.late_exact


@given(st.lists(yen, min_size=2, max_size=4), days.filter(lambda d: d.year > FIRST.year))
def test_the_order_of_payments_of_one_day_does_not_matter(parts: list[int], day: date) -> None:
    received, total = [Money(FIRST, sum(parts))], sum(parts)
    found = {
        cost(total, received, [Money(day, part) for part in order], FIRST).total
        for order in permutations(parts)
    }
    assert len(found) == 1


@given(
    st.lists(st.tuples(st.integers(0, 300), yen), min_size=1, max_size=4),
    st.lists(st.integers(301, 1400), min_size=1, max_size=4),
    st.data(),
)
def test_which_receipt_a_part_payment_reduces_does_not_change_the_sum(
    receipts: list[tuple[int, int]], paid_on: list[int], data: st.DataObject
) -> None:
    received = [Money(FIRST + timedelta(days=n), amount) for n, amount in receipts]
    refund = data.draw(st.integers(1, sum(one.amount for one in received)))
    back = [Money(FIRST + timedelta(days=n), refund // len(paid_on) + 1) for n in paid_on]
    due = FIRST + timedelta(days=600)
    oldest = InterestTerms(TERMS.annual, reduces="oldest")
    a = cost(refund, received, back, due)
    b = cost(refund, received, back, due, terms=oldest)
    assert a.additional_exact == b.additional_exact


@given(yen, st.lists(st.integers(1, 400), min_size=1, max_size=5))
def test_each_segment_begins_the_day_after_the_one_before(amount: int, steps: list[int]) -> None:
    """Nothing is counted twice and no day is left out."""
    on, back = FIRST, []
    for step in steps:
        on += timedelta(days=step)
        back.append(Money(on, max(1, amount // 10)))
    found = cost(amount, [Money(FIRST, amount)], back, FIRST).additional
    assert found[0].first == FIRST
    for before, after in pairwise(found):
        assert after.first == before.last + timedelta(days=1)
