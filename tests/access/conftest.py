from __future__ import annotations

import pytest

from tests.access.everyone import Everyone, gather
from tests.world import World, ensure_cache_table


@pytest.fixture
def everyone(world: World) -> Everyone:
    ensure_cache_table()
    return gather(world)
