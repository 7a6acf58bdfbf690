"""Cases by the fiscal year in which their keeping ends, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from grants.awards.api import Award
from portal.core.actor import Actor
from portal.core.dates import FiscalYear

from .models import Disposal
from .rules import Kept


@dataclass(frozen=True, slots=True)
class Row:
    """`disposal` is the newest measure on it."""

    award: Award
    kept: Kept
    disposal: Disposal | None


def years_of(
    awards: Sequence[Award], kept: Mapping[UUID, Kept], actor: Actor
) -> dict[int | None, list[Row]]:
    """By the year of the end; under None what has none yet. One query."""
    measures = {
        one.award_id: one
        for one in Disposal.objects.for_user(actor)
        .filter(award__in=[award.pk for award in awards])
        .order_by("proposed_at")
    }
    found: dict[int | None, list[Row]] = defaultdict(list)
    for award in awards:
        until = kept[award.pk].until
        year = None if until is None else int(FiscalYear.of(until))
        found[year].append(Row(award, kept[award.pk], measures.get(award.pk)))
    return dict(found)
