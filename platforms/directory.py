"""What a reader sees of other bodies' platforms: only what each of them shows, in a few questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from .models import AgendaItem, Listing, Meeting, Member
from .rules import Coverage, Sides, count_sides, coverage
from .states import Audience, Field, LifeStage, PlatformForm

# As many agenda items of one platform as a page holds; the rest is on its own page.
_ITEMS = 20


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """Empty means all."""

    words: str = ""
    region: str = ""
    form: str = ""
    field: str = ""
    stage: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.region or self.form or self.field or self.stage)


def read_directory_filter(data: QueryDict, regions: Sequence[str]) -> DirectoryFilter:
    """A value that is on none of the closed lists counts as not chosen."""
    known = {
        "region": regions,
        "form": PlatformForm.values,
        "field": Field.values,
        "stage": LifeStage.values,
    }
    chosen = {
        name: value for name, values in known.items() if (value := data.get(name, "")) in values
    }
    words = data.get("words", "").replace("\0", "").strip()[:100]
    return DirectoryFilter(words=words, **chosen)


def narrow(listings: Any, chosen: DirectoryFilter, reader: Audience, today: date) -> Any:
    """What is not shown cannot be found either: members count where their figures are shown."""
    if chosen.region:
        listings = listings.filter(platform__owner__prefecture__region=chosen.region)
    if chosen.form:
        listings = listings.filter(platform__form=chosen.form)
    if chosen.words:
        told = Q(platform__practice__icontains=chosen.words) & _shown("practice", reader)
        listings = listings.filter(Q(platform__name__icontains=chosen.words) | told)
    members = Member.objects.active(today).filter(platform=OuterRef("platform_id"))
    if chosen.field:
        found = Exists(members.filter(fields__contains=[chosen.field]))
        listings = listings.filter(found, _shown("figures", reader))
    if chosen.stage:
        served = Q(life_stages__contains=[chosen.stage]) | Q(
            life_stages__contains=[LifeStage.ALL.value]
        )
        listings = listings.filter(Exists(members.filter(served)), _shown("figures", reader))
    return listings


def _shown(name: str, reader: Audience) -> Q:
    """The same as `sharing.shows`, as the database asks it."""
    reach = list(Audience)
    wide = [audience.value for audience in reach[reach.index(reader) :]]
    return Q() if reader is Audience.OWN else Q(**{f"{name}__in": wide, "audience__in": wide})


@dataclass(frozen=True, slots=True)
class Entry:
    """One platform as this reader sees it; what is None or empty is not shown or not there."""

    listing: Listing
    shown: frozenset[str]
    sides: Sides | None
    coverage: Coverage | None
    fields: tuple[str, ...]
    member_names: tuple[str, ...]
    items: tuple[AgendaItem, ...]

    @property
    def platform(self) -> Any:
        return self.listing.platform

    @property
    def secretariat(self) -> str:
        return self.platform.secretariat if "secretariat" in self.shown else ""

    @property
    def contact(self) -> str:
        return self.platform.contact if "secretariat" in self.shown else ""

    @property
    def areas(self) -> Sequence[str]:
        return self.platform.areas if "areas" in self.shown else ()

    @property
    def practice(self) -> str:
        return self.platform.practice if "practice" in self.shown else ""


def entries(listings: Sequence[Listing], reader: Audience, today: date) -> list[Entry]:
    """Two more questions, whatever their number: members and public agenda items."""
    shown = {listing.platform_id: listing.shown_to(reader) for listing in listings}
    members: dict[Any, list[tuple[Any, ...]]] = {pk: [] for pk in shown}
    wanted = [pk for pk, names in shown.items() if names & {"figures", "members"}]
    rows = Member.objects.active(today).filter(platform_id__in=wanted).by_name()
    for platform, *row in rows.values_list("platform_id", "name", "side", "fields", "life_stages"):
        members[platform].append(tuple(row))
    items: dict[Any, list[AgendaItem]] = {pk: [] for pk in shown}
    for item in _public_items([pk for pk, names in shown.items() if "meetings" in names], today):
        items[item.meeting.platform_id].append(item)
    return [
        _entry(one, shown[one.platform_id], members[one.platform_id], items[one.platform_id])
        for one in listings
    ]


def _public_items(platforms: Sequence[Any], today: date) -> Any:
    held = Meeting.objects.filter(platform_id__in=platforms, is_public=True, held_on__lte=today)
    found = AgendaItem.objects.filter(meeting__in=held, is_public=True).select_related("meeting")
    return found.order_by("-meeting__held_on", "order")


def _entry(
    listing: Listing,
    shown: frozenset[str],
    members: list[tuple[Any, ...]],
    items: list[AgendaItem],
) -> Entry:
    counts = "figures" in shown
    served = {field for _, _, fields, _ in members for field in fields}
    return Entry(
        listing=listing,
        shown=shown,
        sides=count_sides(side for _, side, _, _ in members) if counts else None,
        coverage=coverage(stages for *_, stages in members) if counts else None,
        fields=tuple(one.label for one in Field if one in served) if counts else (),
        member_names=tuple(name for name, *_ in members) if "members" in shown else (),
        items=tuple(items[:_ITEMS]),
    )
