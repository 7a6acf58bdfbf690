"""A 繰越し of an award in force, as people bring it about; for the tests of several rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.awards.api import Award
from grants.carryovers.api import Carried, Carryover, save_carryover, start_carryover
from grants.filings.api import Filing
from portal.access.api import Role
from portal.core.dates import FiscalYear
from tests.world import World


def typed(award: Award, **given: Any) -> dict[str, Any]:
    year = FiscalYear(award.programme.fiscal_year)
    return {
        "kind": "granted",
        "cause": "気象の関係",
        "reason": "豪雨で会場が使えず、居場所の開設が遅れたため。",
        "progress": "会場を決め、設計を終えた。",
        "schedule": "5月に改修を終え、6月から開設する。",
        "last_day": date(year.following, 9, 30),
        "resolved_on": year.end,
        **given,
    }


def write(
    world: World,
    award: Award,
    national: int = 600_000,
    *,
    committed: Mapping[str, Any] | None = None,
    **given: Any,
) -> Filing:
    """A draft that carries the largest eligible line: `national` yen and a little more of the body's own;
    `committed` is what the body bound of it by its own 支出負担行為."""
    drafter = world.actor(Role.DRAFTER, award.grantee)
    filing = start_carryover(actor=drafter, award=award)
    carryover = Carryover.objects.get(filing=filing)
    rows = list(carryover.rows.all())
    largest = max((row for row in rows if row.is_eligible), key=lambda row: row.base)
    save_carryover(
        actor=drafter,
        carryover=carryover,
        seen_version=carryover.version,
        values=typed(award, **given),
        rows={
            row.uid: {
                "direct": 0,
                "national": national,
                "own": national + 2_000,
                **(committed or {}),
            }
            if row is largest
            else {}
            for row in rows
        },
    )
    return filing


def reviewed(world: World, filing: Filing) -> Filing:
    filing = world.begin_review(world.submit(filing))
    reviewer = world.actor(Role.REVIEWER)
    return world.act(filing, "finish_review", reviewer, opinion="やむを得ない。").subject


def decision(world: World, filing: Filing, **given: Any) -> dict[str, Any]:
    sealed = filing.versions.latest("number")
    numbered = world.numbered()
    return {
        **numbered,
        "lines": [line["line_uid"] for line in sealed.content["lines"]],
        "part_reason": "",
        "minister_on": numbered["decided_on"],
        "minister_number": "財計第12号",
        "conditions": [],
        "confirmed": True,
        **given,
    }


def approve(world: World, filing: Filing, **given: Any) -> Carried:
    data = decision(world, filing, **given)
    world.act(filing, "approve_carryover", world.actor(Role.DECIDER), **data)
    found: Carried = Carried.objects.select_related("award__programme").get(decision__filing=filing)
    return found


def carried(world: World, award: Award, national: int = 600_000, **given: Any) -> Carried:
    return approve(world, reviewed(world, write(world, award, national, **given)))
