"""水平的連携 and 予防の観点 of one platform (要領4(1)①②): three questions, whatever its size.

Indicators for the platform itself. Nothing here sets one prefecture beside another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .models import AgendaItem, Platform
from .rules import (
    Body,
    Count,
    Coverage,
    Sides,
    areas_without_venue,
    count_by,
    count_sides,
    coverage,
    growth,
    missing,
)
from .states import BodyKind, Field, LifeStage, Side


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one day; `bodies` are all that ever took part, `active` those that do."""

    bodies: Sequence[Body]
    active: Sequence[Body]
    members: Sides
    coverage: Coverage
    chairs: Sides
    proposals: Sides
    agreed: Sides
    without_venue: tuple[str, ...]

    def of_side(self, side: Side) -> int:
        return self.members.public if side is Side.PUBLIC else self.members.private


def gather(platform: Platform, today: date) -> Figures:
    """Three queries: members, meetings held, agenda items of them."""
    rows = platform.members.values_list(
        "side", "kind", "fields", "life_stages", "areas", "has_venue", "joined_on", "left_on"
    )
    bodies = [Body(*row) for row in rows]
    active = [body for body in bodies if body.is_active(today)]
    held = platform.meetings.filter(held_on__lte=today)
    items = AgendaItem.objects.filter(meeting__platform=platform, meeting__held_on__lte=today)
    proposed = list(items.values_list("proposer_side", "agreement"))
    return Figures(
        bodies=bodies,
        active=active,
        members=count_sides(body.side for body in active),
        coverage=coverage(body.stages for body in active),
        chairs=count_sides(held.values_list("chair_side", flat=True)),
        proposals=count_sides(side for side, _ in proposed),
        agreed=count_sides(side for side, agreement in proposed if agreement),
        without_venue=areas_without_venue(platform.areas, active),
    )


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with the table that says the same; `finding` is the sentence that they show."""

    key: str
    title: str
    unit: str
    finding: str
    counts: tuple[Count, ...]

    @property
    def most(self) -> int:
        return max((count.total for count in self.counts), default=0)


def charts(figures: Figures, platform: Platform, today: date) -> list[Chart]:
    """What the page of indicators shows; no further query."""
    fields = count_by(figures.active, Field.choices, "fields")
    stages = count_by(
        figures.active, [choice for choice in LifeStage.choices if choice[0] != "all"], "stages"
    )
    areas = count_by(figures.active, [(area, area) for area in platform.areas], "areas")
    venues = count_by(
        [body for body in figures.active if body.has_venue],
        [(area, area) for area in platform.areas],
        "areas",
    )
    kinds = count_by(figures.active, BodyKind.choices, "kind")
    grown = growth(figures.bodies, today)
    sides = (
        Count("座長", figures.chairs.public, figures.chairs.private),
        Count("議題の提案", figures.proposals.public, figures.proposals.private),
        Count("合意に至った議題", figures.agreed.public, figures.agreed.private),
    )
    return [
        Chart("growth", "参画団体の推移", "団体", _grown(grown), grown),
        Chart("voices", "座長・議題の提案・合意", "件", _voices(figures), sides),
        Chart("kinds", "団体の種別", "団体", _gaps("種別", kinds), kinds),
        Chart("fields", "分野", "団体", _gaps("分野", fields), fields),
        Chart("stages", "対象のライフステージ", "団体", _gaps("ライフステージ", stages), stages),
        Chart("areas", "活動する区域", "団体", _gaps("区域", areas), areas),
        Chart("venues", "居場所を開く団体", "団体", _venues(figures, platform), venues),
    ]


def _grown(grown: tuple[Count, ...]) -> str:
    if not grown:
        return "参画団体の登録は、まだありません。"
    first, last = grown[0], grown[-1]
    if first == last:
        return f"{last.label}の参画団体は{last.total}団体です。"
    return f"{first.label}の{first.total}団体から、{last.total}団体になりました。"


def _voices(figures: Figures) -> str:
    shares = (
        ("座長", figures.chairs.private_percent),
        ("議題の提案", figures.proposals.private_percent),
    )
    said = [f"{label}のうち民間は{share}％" for label, share in shares if share is not None]
    return f"{'、'.join(said)}です。" if said else "会議の登録は、まだありません。"


def _gaps(label: str, counts: tuple[Count, ...]) -> str:
    gaps = missing(counts)
    if not counts:
        return f"{label}の登録は、まだありません。"
    if not gaps:
        return f"すべての{label}に、参画団体があります。"
    return f"参画団体がない{label}は、{'、'.join(gaps)}です。"


def _venues(figures: Figures, platform: Platform) -> str:
    if not platform.areas:
        return "区域の登録は、まだありません。"
    if not figures.without_venue:
        return "すべての区域に、居場所を開く団体があります。"
    return f"居場所を開く団体がない区域は、{'、'.join(figures.without_venue)}です。"
