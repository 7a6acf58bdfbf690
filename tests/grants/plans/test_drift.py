"""A small walk of `budget_machine.py`; `./dev proof` goes further."""

from __future__ import annotations

import pytest

from tests.grants.budget_machine import drift
from tests.world import World


@pytest.mark.django_db
def test_the_budget_never_drifts(world: World) -> None:
    # How many of the steps store something is chance; that some do is not.
    assert drift(world, runs=5, steps=8) > 0
