"""How 長野県 decides: three more 決裁者, two routes, and a director who is away next week."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from grants.approvals.api import SeatKind, keep_route
from portal.access.api import Role
from portal.accounts.api import Membership, Organisation, declare_absence
from portal.core.actor import Actor

from .people import Cast


def load_offices(cast: Cast, bodies: dict[str, Organisation]) -> None:
    nagano = bodies["20"]
    head = cast.actor(nagano, Role.APPROVER)
    finance = cast.add(nagano, Role.APPROVER, "唐沢 弘", "finance@nagano.example")
    director = cast.add(nagano, Role.APPROVER, "中島 章", "director@nagano.example")
    # Whoever acts as the office's 決裁者 in the loading stays the same.
    cast.actors[nagano.pk, Role.APPROVER] = head
    admin = cast.actor(nagano, Role.PREFECTURE_ADMIN)
    approve, concur = SeatKind.APPROVE, SeatKind.CONCUR
    keep_route(actor=admin, name="課長専決", seats=[(approve, _member(head))])
    keep_route(
        actor=admin,
        name="部長決裁（財政課合議）",
        seats=[
            (approve, _member(head)),
            (concur, _member(finance)),
            (approve, _member(director)),
        ],
    )
    next_week = timezone.localdate() + timedelta(days=7)
    declare_absence(
        actor=director,
        membership=_member(director),
        starts_on=next_week,
        ends_on=next_week + timedelta(days=4),
        deputy=_member(head),
        note="出張",
    )


def _member(actor: Actor) -> Membership:
    return Membership.objects.select_related("user").get(
        user_id=actor.user_id, organisation_id=actor.organisation_id, role=actor.role
    )
