"""A slot for 一時停止 (適正化法13条2項), which is ordered by a higher package: the work rests meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.filings.api import Filing
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday

from .models import Award

ARTICLE = "適正化法13条2項"


@dataclass(frozen=True, slots=True)
class Suspension:
    """In force from `since`; by `until` what 施行令7条 asks for is to be done. `url` is its order."""

    since: date
    until: date
    url: str
    article: str = ARTICLE


# The award of a body in a year's programme, as an award or as a filing of its case names it.
_Find = Callable[[Award | Filing], Suspension | None]
_find: list[_Find] = []


def register_suspensions(find: _Find) -> None:
    """`find` gives the suspension that stands today, in one query."""
    _find[:] = [find]


def suspension_of(case: Award | Filing) -> Suspension | None:
    return next((found for find in _find if (found := find(case))), None)


def of_filing(filing: Filing, actor: Actor) -> dict[str, Any]:
    return {"suspension": suspension_of(filing)}


def not_suspended(award: Award) -> Iterator[str]:
    """Why nothing new is begun under the award."""
    found = suspension_of(award)
    if found:
        yield (
            f"{day_with_weekday(found.since)}から、事業の一時停止が命じられています（{ARTICLE}）。"
            "停止が解けてから登録してください。"
        )
