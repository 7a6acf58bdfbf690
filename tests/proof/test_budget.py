"""The long walk of `tests/grants/budget_machine.py`."""

from __future__ import annotations

import pytest

from tests.grants.budget_machine import drift
from tests.world import World


@pytest.mark.django_db
def test_the_budget_never_drifts(world: World) -> None:
    stored = drift(world, runs=40, steps=25)
    print(f"\n{stored} changes stored")
    # About a third of the 1,000 steps store something; the others look, undo or are refused.
    assert stored > 250
