"""A small walk of `lifecycle_machine.py`; `./dev proof` goes further."""

from __future__ import annotations

import pytest

from tests.workflow.lifecycle_machine import walk
from tests.world import World


@pytest.mark.django_db
def test_nobody_leaves_the_table(world: World) -> None:
    tried, _ = walk(world, runs=40, steps=25)
    assert tried > 20
