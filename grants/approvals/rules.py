"""Whose turn it is on a route, and who may act in whose place. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from .states import MOST_SEATS, SeatKind


@dataclass(frozen=True, slots=True)
class Place:
    """One seat of a request going round.

    `user_id` None: any 決裁者 of the office. `deputies` are those who act in the person's place
    today; `acted_by` is who did, if somebody did.
    """

    order: int
    kind: str
    user_id: UUID | None
    deputies: frozenset[UUID] = frozenset()
    acted_by: UUID | None = None

    @property
    def is_done(self) -> bool:
        return self.acted_by is not None

    def may_be_taken_by(self, user_id: UUID | None) -> bool:
        if user_id is None:
            return False
        return self.user_id is None or user_id == self.user_id or user_id in self.deputies

    def is_taken_for_another(self, user_id: UUID | None) -> bool:
        """代決: the actor sits here for somebody else."""
        return self.user_id is not None and user_id != self.user_id


def open_places(places: Collection[Place]) -> list[Place]:
    """Those whose turn it is, in order: 合議 side by side, 承認 after all before it."""
    found: list[Place] = []
    for place in sorted(places, key=lambda p: p.order):
        if place.is_done:
            continue
        if place.kind == SeatKind.APPROVE:
            return found or [place]
        found.append(place)
    return found


def last_place(places: Collection[Place]) -> Place:
    return max(places, key=lambda place: place.order)


def reasons_against(
    place: Place, places: Collection[Place], actor: UUID | None, *, as_last: bool
) -> Iterator[str]:
    """Why this person cannot act on this place now. `as_last` is the act that also files."""
    if place.is_done:
        yield "この順番の決裁は、済んでいます。"
        return
    if not place.may_be_taken_by(actor):
        yield "この順番を受け持つ人ではありません。代わりに決裁できるのは、不在を届け出た人の代わりの人です。"
    if any(other.acted_by == actor for other in places if other.is_done):
        yield "同じ人が、1つの決裁で2つの順番を受け持つことはできません。"
    if place not in open_places(places):
        yield "前の順番の決裁が終わっていません。"
    if as_last != (place == last_place(places)):
        yield (
            "まだ後の順番があるため、提出できません。"
            if as_last
            else "最後の順番の人は、承認して提出します。"
        )


def route_reasons(seats: Iterable[tuple[str, UUID]]) -> Iterator[str]:
    """Why a route cannot be kept. `seats` are (kind, user) in order."""
    kept = list(seats)
    if not 1 <= len(kept) <= MOST_SEATS:
        yield f"決裁の順番は、1人から{MOST_SEATS}人までにしてください。"
    if kept and kept[-1][0] != SeatKind.APPROVE:
        yield "最後の順番は、承認にしてください。"
    people = [user for _, user in kept]
    if len(set(people)) < len(people):
        yield "同じ人を、2つの順番に入れることはできません。"
