"""Property of an award in the register, as its people write it; for the tests of several rooms."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.properties.api import Asset, paid_lines, register_asset
from portal.access.api import Role
from tests.world import World


def buy(world: World, award: Award, **given: Any) -> Asset:
    """One thing for 500,000 yen on the largest line, today; a computer lasts four years."""
    line = max(paid_lines(award), key=lambda one: one.limit)
    values = {
        "line_uid": line.uid,
        "contract": None,
        "keeper": "prefecture",
        "class_code": "computer",
        "name": "業務用端末",
        "specification": "14型",
        "quantity": 1,
        "unit_price": 500_000,
        "acquired_on": timezone.localdate(),
        "location": "県庁3階",
        "note": "",
    }
    return register_asset(
        actor=world.actor(Role.DRAFTER, award.grantee), award=award, values={**values, **given}
    )
