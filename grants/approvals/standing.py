"""A request for approval as it stands today: who acted, whose turn it is, who acts for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from grants.filings.api import Filing
from portal.accounts.api import Absence, Handover, Membership, Work
from portal.core.actor import Actor

from .models import Circulation, Stop
from .rules import Place, open_places


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as it is today: each stop with its place, in order, and whose turn it is."""

    circulation: Circulation
    stops: tuple[Stop, ...]
    places: tuple[Place, ...]

    @property
    def open_stops(self) -> list[Stop]:
        turns = open_places(self.places)
        return [s for s, p in zip(self.stops, self.places, strict=True) if p in turns]

    def place_of(self, stop: Stop) -> Place:
        return next(p for s, p in zip(self.stops, self.places, strict=True) if s.pk == stop.pk)

    def stop_for(self, actor: Actor) -> Stop | None:
        """The one of those whose turn it is that this person may take, their own before another's."""
        mine = [s for s in self.open_stops if self.place_of(s).may_be_taken_by(actor.user_id)]
        mine.sort(key=lambda s: self.place_of(s).is_taken_for_another(actor.user_id))
        return mine[0] if mine else None

    def is_last(self, stop: Stop) -> bool:
        return stop.pk == self.stops[-1].pk

    @property
    def users_in_turn(self) -> tuple[UUID, ...]:
        """Whose turn it is, and who acts for them; empty when any 決裁者 may."""
        turns = open_places(self.places)
        if any(place.user_id is None for place in turns):
            return ()
        return tuple({u for p in turns for u in (p.user_id, *p.deputies) if u is not None})


def standing_of(filing: Filing) -> Standing | None:
    """The newest request of a filing. Three queries, however many stops."""
    found = Circulation.objects.filter(filing=filing, is_latest=True).with_stops().first()
    return _standing(found) if found is not None else None


def standings(circulations: Sequence[Circulation]) -> list[Standing]:
    """Of many at once, with one question about who is away. They come `with_stops()`."""
    away = _deputies([s.membership_id for c in circulations for s in c.stops.all()])
    return [_standing(circulation, away) for circulation in circulations]


def _standing(
    circulation: Circulation, away: dict[UUID, frozenset[UUID]] | None = None
) -> Standing:
    stops = tuple(circulation.stops.all())
    known = away if away is not None else _deputies([s.membership_id for s in stops])
    return Standing(circulation, stops, tuple(_place(stop, known) for stop in stops))


def _place(stop: Stop, away: dict[UUID, frozenset[UUID]]) -> Place:
    done = getattr(stop, "endorsement", None)
    return Place(
        order=stop.order,
        kind=stop.kind,
        user_id=stop.membership.user_id if stop.membership else None,
        deputies=away.get(stop.membership_id, frozenset()) if stop.membership_id else frozenset(),
        acted_by=done.user_id if done else None,
    )


def _deputies(memberships: Sequence[UUID | None]) -> dict[UUID, frozenset[UUID]]:
    """Who acts today in the place of each that is away, or has handed the role over."""
    known, today = [pk for pk in memberships if pk], timezone.localdate()
    away = Absence.objects.on(today).filter(membership_id__in=known).exclude(deputy=None)
    moved = Handover.objects.effective_on(today).filter(membership_id__in=known)
    rows = [
        *away.values_list("membership_id", "deputy__user_id"),
        *moved.values_list("membership_id", "successor__user_id"),
    ]
    found: dict[UUID, set[UUID]] = {}
    for membership, user in rows:
        found.setdefault(membership, set()).add(user)
    return {membership: frozenset(users) for membership, users in found.items()}


def work_of(membership: Membership) -> Iterator[Work]:
    """The turns that wait for this person, for whoever takes over from them."""
    going = Circulation.objects.filter(
        filing__grantee_id=membership.organisation_id, stops__membership=membership
    )
    for one in standings(list(going.going_round().for_lists().distinct())):
        if any(s.membership_id == membership.pk and s in one.open_stops for s in one.stops):
            url = reverse("approvals:approve", args=[one.circulation.filing_id])
            yield Work(f"{one.circulation.filing}の決裁", url)
