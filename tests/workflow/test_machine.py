"""A small walk of `lifecycle_machine.py`; `./dev proof` goes further."""

from __future__ import annotations

import pytest

from tests.workflow.lifecycle_machine import walk
from tests.world import World


@pytest.mark.django_db
def test_nobody_leaves_the_table(world: World) -> None:
    assert walk(world, runs=30, steps=25) > 20
