"""The money of a body adds up from the plan's lines to the settlement, at every step of a random year."""

from __future__ import annotations

import pytest

from tests.grants.contracts import Deal

from .year import whole_year

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(2))
def test_a_year_adds_up_from_the_plan_to_the_closed_award(platform_deal: Deal, seed: int) -> None:
    done = whole_year(platform_deal, seed, steps=10)
    assert sum(done.values()) == 10
    assert done["refused"] < 6, "the moves are such that most of them are allowed"
