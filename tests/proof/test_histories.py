"""Many long years of one body, each with its seed; see `tests/grants/settlements/year.py`."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.grants.contracts import Deal
from tests.grants.settlements.year import whole_year

SEEN: Counter[str] = Counter()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(100, 140))
def test_a_long_year_adds_up(platform_deal: Deal, seed: int) -> None:
    SEEN.update(whole_year(platform_deal, seed, steps=40))
    print(f"\n{dict(SEEN)}")
