"""A change by which more is entrusted: everything that was asked of the contract is asked again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.core.problems import Refused
from tests.grants.contractors.test_money import agree
from tests.grants.contracts import Deal


@pytest.mark.parametrize(
    ("given", "amount", "ends_on", "words"),
    [
        pytest.param(
            {"method": "NEG", "ground": "1", "ground_reason": "少額のため。"},
            2_000_001,
            date(2025, 3, 31),
            "1号の上限",
            id="施行令167条の2",
        ),
        pytest.param(
            {}, 1_800_000, date(2025, 4, 1), "年度に収まっていません", id="地方自治法208条"
        ),
    ],
)
def test_more_money_or_time_is_judged_anew(
    deal: Deal, given: dict[str, Any], amount: int, ends_on: date, words: str
) -> None:
    contract = deal.concluded(amount=1_000_000, ends_on=date(2025, 1, 31), **given)
    with pytest.raises(Refused, match=words):
        agree(deal, contract, amount, ends_on)
    contract.refresh_from_db()
    assert (contract.amount, contract.ends_on) == (1_000_000, date(2025, 1, 31))


def test_2_2_a_body_found_out_is_entrusted_with_nothing_more(
    deal: Deal,
) -> None:
    contract = deal.concluded()
    found_out = {"result": "excluded", "reviewed_on": date(2024, 10, 20)}
    deal.check(contract.contractor, "organised_crime", **found_out)
    with pytest.raises(Refused, match=r"「該当」です.*要領2\(2\)"):
        agree(deal, contract, 1_900_000, date(2025, 3, 31))
    less = agree(deal, contract, 900_000, date(2024, 12, 31))
    assert less.amount == 900_000
