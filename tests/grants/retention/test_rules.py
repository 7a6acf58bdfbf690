"""Until when a case is kept (交付の条件, 公文書管理法5条), and what may be proposed then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.retention.rules import Facts, kept, proposal_reasons
from portal.core.dates import FiscalYear


def facts(**changed: Any) -> Facts:
    return Facts(
        **{
            "fiscal_year": 2024,
            "completed_on": date(2025, 3, 31),
            "closed_on": date(2025, 8, 1),
            **changed,
        }
    )


@pytest.mark.parametrize(
    ("changed", "until"),
    [
        ({}, date(2031, 3, 31)),
        ({"closed_on": date(2025, 3, 31)}, date(2030, 3, 31)),
        ({"closed_on": date(2025, 4, 1)}, date(2031, 3, 31)),
        ({"completed_on": None, "closed_on": date(2025, 3, 30)}, date(2030, 3, 31)),
        ({"restrictions": (("処分制限期間 車両", date(2033, 5, 9)),)}, date(2033, 5, 9)),
        ({"restrictions": (("処分制限期間 机", date(2028, 5, 9)),)}, date(2031, 3, 31)),
        ({"extended_until": date(2036, 3, 31)}, date(2036, 3, 31)),
        ({"closed_on": None}, None),
        ({"open_procedures": ("終わっていない不服の申出があります。",)}, None),
    ],
    ids=[
        "公文書管理法5条-the-office-counts-from-the-closing",
        "交付の条件-closed-on-the-last-day-of-the-year",
        "公文書管理法5条-closed-on-the-first-day-of-the-next",
        "交付の条件-completion-unknown-the-year-itself",
        "適正化法22条-a-longer-restriction-counts",
        "適正化法22条-a-shorter-one-does-not",
        "公文書管理法5条4項-extended",
        "not-closed",
        "適正化法25条-an-objection-keeps-it",
    ],
)
def test_the_last_day(changed: dict[str, Any], until: date | None) -> None:
    found = kept(facts(**changed), years=5, office_years=5)
    assert found.until == until
    if until is not None:
        assert not found.is_over(until)
        assert found.is_over(date.fromordinal(until.toordinal() + 1))
    else:
        assert not found.is_over(date(2099, 1, 1))


@given(
    st.dates(date(2024, 4, 1), date(2034, 3, 31)),
    st.integers(0, 800),
    st.integers(1, 30),
    st.integers(1, 30),
)
def test_it_ends_with_a_fiscal_year_and_never_too_early(
    done: date, days: int, years: int, office_years: int
) -> None:
    closed = date.fromordinal(done.toordinal() + days)
    found = kept(facts(completed_on=done, closed_on=closed), years=years, office_years=office_years)
    assert found.until is not None
    assert found.until == FiscalYear.of(found.until).end
    assert FiscalYear.of(found.until) - FiscalYear.of(done) >= years
    assert FiscalYear.of(found.until) - FiscalYear.of(closed) >= office_years


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({}, ""),
        ({"reason": "　"}, "理由"),
        ({"today": date(2031, 3, 31)}, "保存期間は"),
        ({"measure": "transfer", "today": date(2031, 3, 31)}, "保存期間は"),
        ({"open_procedures": ("返還命令があります。",)}, "返還命令"),
        ({"measure": "extend", "extend_until": date(2036, 3, 31)}, ""),
        ({"measure": "extend", "extend_until": None}, "先の日付"),
        ({"measure": "extend", "extend_until": date(2031, 4, 1)}, "先の日付"),
        (
            {
                "measure": "extend",
                "today": date(2030, 1, 1),
                "extend_until": date(2031, 3, 31),
            },
            "より後に",
        ),
    ],
    ids=[
        "公文書管理法8条-over",
        "公文書管理法8条-no-reason",
        "公文書管理法8条-the-last-day-is-kept",
        "公文書管理法8条-nor-transferred",
        "公文書管理法8条-something-is-open",
        "公文書管理法5条4項-extended",
        "公文書管理法5条4項-no-day",
        "公文書管理法5条4項-today",
        "公文書管理法5条4項-not-longer-than-now",
    ],
)
def test_what_may_be_proposed(given_: dict[str, Any], said: str) -> None:
    values: dict[str, Any] = {
        "measure": "dispose",
        "reason": "保存期間が満了したため。",
        "until": date(2031, 3, 31),
        "extend_until": None,
        "open_procedures": (),
        "today": date(2031, 4, 1),
    }
    found = list(proposal_reasons(**{**values, **given_}))
    assert len(found) == bool(said)
    assert not said or said in found[0]
