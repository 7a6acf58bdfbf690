"""Inviting, joining, changing roles, and turning a membership into an Actor."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from portal.access.api import ROLES_OF, Role
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.outbox.api import enqueue

from .models import Invitation, Membership, Organisation, User

INVITATION_DAYS = 14


def actor_for(membership: Membership, ip: str = "") -> Actor:
    organisation = membership.organisation
    return Actor(
        user_id=membership.user_id,
        name=membership.user.name,
        role=membership.role,
        role_label=membership.get_role_display(),
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        ip=ip,
    )


def pick_membership(user: Any, chosen_id: str) -> tuple[list[Membership], Membership | None]:
    """All memberships in force and the one to act in: the chosen one, or the first. One query."""
    memberships = list(
        Membership.objects.in_force()
        .filter(user_id=user.pk)
        .select_related("organisation", "user")
        .order_by("starts_on", "role", "id")
    )
    by_id = {str(membership.pk): membership for membership in memberships}
    return memberships, by_id.get(chosen_id) or next(iter(memberships), None)


def invite(
    *, actor: Actor, organisation: Organisation, role: str, email: str, name: str
) -> Invitation:
    """Makes an invitation and mails its link, which works once within 14 days.

    Raises Refused when the role does not belong to that kind of organisation.
    """
    if role not in ROLES_OF[organisation.kind]:  # type: ignore[index]
        raise Refused([f"{organisation.get_kind_display()}には、その役割はありません。"])
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            organisation=organisation,
            role=role,
            email=email.lower(),
            name=name,
            token_hash=hash_token(token),
            invited_by_id=actor.user_id,
            expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
        )
        enqueue("accounts.invite", str(invitation.pk), {"pk": str(invitation.pk), "token": token})
        record(
            actor,
            "accounts.invite",
            "招待する",
            invitation,
            data={"said": {"招待先": f"{name}（{Role(role).label}）"}},
            visibility=Visibility.ORGANISATION,
        )
    return invitation


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    return Invitation.objects.open().filter(token_hash=hash_token(token)).first()


def accept(invitation: Invitation, *, password: str) -> User:
    """Makes the account (or finds the one with this address) and the membership, once.

    Raises Refused when the link was used meanwhile. An existing account keeps its password.
    """
    with transaction.atomic():
        locked = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
        if locked is None:
            raise Refused(["この招待は、すでに使われているか、期限が過ぎています。"])
        user = User.objects.filter(email=locked.email).first()
        if user is None:
            user = User.objects.create_user(locked.email, password, name=locked.name)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        membership = grant_role(user=user, organisation=locked.organisation, role=locked.role)
        locked.accepted_at = timezone.now()
        locked.accepted_by = user
        locked.save(update_fields=["accepted_at", "accepted_by"])
        record(
            actor_for(membership),
            "accounts.accept",
            "招待を受ける",
            locked,
            visibility=Visibility.ORGANISATION,
        )
    return user


def grant_role(
    *, user: User, organisation: Organisation, role: str, starts_on: date | None = None
) -> Membership:
    membership, _ = Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        role=role,
        ends_on=None,
        defaults={"starts_on": starts_on or timezone.localdate()},
    )
    return membership


def end_membership(*, actor: Actor, membership: Membership, last_day: date) -> None:
    """The person keeps their history. Raises Refused for a prefecture's last 県管理者."""
    with transaction.atomic():
        # Locked in one order, so that two people cannot remove each other at once.
        same_role = list(
            Membership.objects.in_force()
            .filter(organisation_id=membership.organisation_id, role=membership.role)
            .select_for_update(of=("self",))
            .order_by("id")
        )
        staying = [other for other in same_role if other.pk != membership.pk and not other.ends_on]
        if membership.role == Role.PREFECTURE_ADMIN and not staying:
            raise Refused(["最後の県管理者は外せません。先に後任を招待してください。"])
        membership.ends_on = last_day
        membership.save(update_fields=["ends_on"])
        record(
            actor,
            "accounts.end",
            "役割を終える",
            membership,
            data={"said": {"最終日": last_day.isoformat()}},
            visibility=Visibility.ORGANISATION,
        )
