from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.grants.contracts import NOW, Deal, make_deal
from tests.world import build_world, ensure_cache_table


@pytest.fixture
def deal(db: None) -> Iterator[Deal]:
    """Of November 2024, when the sample month is due."""
    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        yield make_deal(build_world())
