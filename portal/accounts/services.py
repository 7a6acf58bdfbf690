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
from portal.core.dates import day_with_weekday
from portal.core.problems import Denied, Refused
from portal.outbox.api import enqueue

from .models import Absence, Invitation, Membership, Organisation, User
from .policy import against_absence_of_another

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
        reads_only=bool(
            membership.reads_only_from and membership.reads_only_from <= timezone.localdate()
        ),
    )


def memberships_of(user_id: Any) -> list[Membership]:
    """Those in force, oldest first, each with its user and organisation. One query."""
    found = Membership.objects.in_force().filter(user_id=user_id)
    # Ordered here: ordering many joined columns costs Django milliseconds on every page.
    return sorted(
        found.select_related("organisation", "user"),
        key=lambda one: (one.starts_on, one.role, str(one.pk)),
    )


def pick_membership(user: Any, chosen_id: str) -> tuple[list[Membership], Membership | None]:
    """All memberships in force and the one to act in: the chosen one, or the first.

    One query, none where `backends.WithMemberships` has found the user by them.
    """
    known = getattr(user, "memberships_in_force", None)
    memberships = memberships_of(user.pk) if known is None else known
    by_id = {str(membership.pk): membership for membership in memberships}
    return memberships, by_id.get(chosen_id) or next(iter(memberships), None)


def invite(
    *, actor: Actor, organisation: Organisation, role: str, email: str, name: str
) -> Invitation:
    """Makes an invitation and mails its link, which works once within 14 days.

    Raises Refused when the role does not belong to that kind of organisation.
    """
    if role not in ROLES_OF[organisation.kind]:  # type: ignore[index]  # a code is its own key
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


def declare_absence(
    *,
    actor: Actor,
    membership: Membership,
    starts_on: date,
    ends_on: date,
    deputy: Membership | None = None,
    note: str = "",
) -> Absence:
    """Both days inclusive. Raises Denied for somebody else's, Refused with every reason against it."""
    _demand_own_or_managed(actor, membership)
    if not actor.is_system and membership.organisation_id != actor.organisation_id:
        raise Denied(["ほかの組織の人の不在は届け出られません。"])
    with transaction.atomic():
        # Locked, so that two declarations of one person cannot overlap.
        Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        reasons = _against_absence(membership, starts_on, ends_on, deputy)
        if reasons:
            raise Refused(reasons)
        absence = Absence.objects.create(
            membership=membership,
            starts_on=starts_on,
            ends_on=ends_on,
            deputy=deputy,
            note=note,
            declared_by_id=actor.user_id,
        )
        record(
            actor,
            "accounts.absence.declare",
            "不在を届け出る",
            absence,
            data={"said": _said_of(absence)},
            visibility=Visibility.ORGANISATION,
        )
    return absence


def _demand_own_or_managed(actor: Actor, membership: Membership) -> None:
    reasons = tuple(against_absence_of_another(membership.user_id, actor))
    if reasons:
        raise Denied(reasons)


def _against_absence(
    membership: Membership, starts_on: date, ends_on: date, deputy: Membership | None
) -> list[str]:
    reasons = []
    if ends_on < starts_on:
        reasons.append("最終日は、初日以後の日付にしてください。")
    for other in Absence.objects.between(starts_on, ends_on).filter(membership=membership):
        reasons.append(
            f"{day_with_weekday(other.starts_on)}から{day_with_weekday(other.ends_on)}までの不在と"
            "重なっています。日付を変えるか、先の不在を取り消してください。"
        )
    if deputy is None:
        return reasons
    is_colleague = (deputy.organisation_id, deputy.role) == (
        membership.organisation_id,
        membership.role,
    )
    if not is_colleague or deputy.user_id == membership.user_id:
        reasons.append("代わりの人は、同じ組織で同じ役割を持つ、別の人にしてください。")
    if deputy.ends_on is not None and deputy.ends_on < ends_on:
        reasons.append(
            f"{deputy.user.name}さんの役割は{day_with_weekday(deputy.ends_on)}で終わります。"
            "別の人を選んでください。"
        )
    if Absence.objects.between(starts_on, ends_on).filter(membership=deputy).exists():
        reasons.append(f"{deputy.user.name}さんも、この期間に不在です。別の人を選んでください。")
    return reasons


def _said_of(absence: Absence) -> dict[str, str]:
    said = {
        "不在の人": absence.membership.user.name,
        "期間": f"{absence.starts_on.isoformat()}から{absence.ends_on.isoformat()}まで",
        "代わりの人": absence.deputy.user.name if absence.deputy else "なし",
    }
    return {**said, "備考": absence.note} if absence.note else said


def cancel_absence(*, actor: Actor, absence: Absence) -> None:
    """Raises Denied for somebody else's, Refused when it is cancelled or over already."""
    _demand_own_or_managed(actor, absence.membership)
    with transaction.atomic():
        locked = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
        if locked.cancelled_at is not None:
            raise Refused(["この不在は、すでに取り消されています。"])
        if locked.ends_on < timezone.localdate():
            raise Refused(["終わった不在は取り消せません。"])
        locked.cancelled_at = timezone.now()
        locked.save(update_fields=["cancelled_at"])
        record(
            actor,
            "accounts.absence.cancel",
            "不在を取り消す",
            absence,
            data={"said": _said_of(absence)},
            visibility=Visibility.ORGANISATION,
        )
