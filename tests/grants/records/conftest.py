from __future__ import annotations

import pytest

from grants.records.api import PeriodReport
from tests.grants.contracts import Deal, Pair, pair_of


@pytest.fixture
def month(deal: Deal) -> PeriodReport:
    """October 2024 of a contract for ⑦ in which 入力担当 and 責任者 are two people."""
    return deal.month(deal.concluded())


@pytest.fixture
def pair(deal: Deal, month: PeriodReport) -> Pair:
    return pair_of(deal, month.contract)
