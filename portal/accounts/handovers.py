"""The April handover, and the reopening of a body that nobody looks after any more."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.access.api import Role
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Denied, Refused

from .models import Handover, Membership, Organisation, Reopening
from .policy import manages_absences
from .services import invite


def hand_over(
    *, actor: Actor, membership: Membership, successor: Membership, effective_on: date, note: str
) -> Handover:
    """From `effective_on` (発令日) the holder only reads. Raises Denied and Refused with the reasons."""
    _demand_own_or_managed(actor, membership)
    with transaction.atomic():
        locked = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        reasons = _against(locked, successor, effective_on)
        if reasons:
            raise Refused(reasons)
        made = Handover.objects.create(
            membership=locked,
            successor=successor,
            effective_on=effective_on,
            note=note,
            declared_by_id=actor.user_id,
        )
        locked.reads_only_from = effective_on
        locked.save(update_fields=["reads_only_from"])
        _say(actor, made, "declare", "引き継ぐ")
    return made


def _demand_own_or_managed(actor: Actor, membership: Membership) -> None:
    if membership.organisation_id != actor.organisation_id:
        raise Denied(["ほかの組織の人の引継ぎはできません。"])
    if not manages_absences(actor) and not actor.is_person(membership.user_id):
        raise Denied(["ほかの人の引継ぎができるのは、組織の管理者です。"])


def _against(membership: Membership, successor: Membership, effective_on: date) -> list[str]:
    reasons = []
    is_colleague = (successor.organisation_id, successor.role) == (
        membership.organisation_id,
        membership.role,
    )
    if not is_colleague or successor.user_id == membership.user_id:
        reasons.append("後任は、同じ組織で同じ役割を持つ、別の人にしてください。")
    if successor.reads_only_from is not None:
        reasons.append(
            f"{successor.user.name}さんも役割を引き継いでいます。別の人を選んでください。"
        )
    if successor.ends_on is not None and successor.ends_on < effective_on:
        reasons.append(f"{successor.user.name}さんの役割は、発令日の前に終わります。")
    if effective_on < membership.starts_on:
        reasons.append("発令日は、役割の開始日以後の日付にしてください。")
    if Handover.objects.standing().filter(membership=membership).exists():
        reasons.append("この役割の引継ぎは、すでに届け出られています。")
    return reasons


def cancel_handover(*, actor: Actor, handover: Handover) -> None:
    """The holder may act again. Raises Denied, and Refused when it was cancelled already."""
    _demand_own_or_managed(actor, handover.membership)
    if actor.is_person(handover.membership.user_id) and not manages_absences(actor):
        raise Denied(["引継ぎを取り消せるのは、組織の管理者です。"])
    with transaction.atomic():
        locked = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
        if locked.cancelled_at is not None:
            raise Refused(["この引継ぎは、すでに取り消されています。"])
        locked.cancelled_at = timezone.now()
        locked.save(update_fields=["cancelled_at"])
        Membership.objects.filter(pk=locked.membership_id).update(reads_only_from=None)
        _say(actor, locked, "cancel", "引継ぎを取り消す")


def _say(actor: Actor, handover: Handover, verb: str, label: str) -> None:
    record(
        actor,
        f"accounts.handover.{verb}",
        label,
        handover,
        data={
            "said": {
                "前任": handover.membership.user.name,
                "後任": handover.successor.user.name,
                "発令日": day_with_weekday(handover.effective_on),
            }
        },
        visibility=Visibility.ORGANISATION,
    )


def propose_reopening(
    *, actor: Actor, organisation: Organisation, name: str, email: str, reason: str
) -> Reopening:
    """Raises Refused for a body that still has a manager, and while another proposal waits."""
    if not Organisation.objects.without_manager().filter(pk=organisation.pk).exists():
        raise Refused([f"{organisation.name}には、県管理者がいます。県管理者が招待できます。"])
    try:
        with transaction.atomic():
            made = Reopening.objects.create(
                organisation=organisation,
                name=name,
                email=email.lower(),
                reason=reason,
                proposed_by_id=actor.user_id,
            )
            _say_reopening(actor, made, "propose", "組織の再開を申し出る")
    except IntegrityError:
        raise Refused([f"{organisation.name}の再開は、すでに申し出られています。"]) from None
    return made


def confirm_reopening(*, actor: Actor, reopening: Reopening) -> None:
    """By another person than who proposed it; then the new 県管理者 is invited."""
    with transaction.atomic():
        locked = Reopening.objects.select_for_update(of=("self",)).get(pk=reopening.pk)
        if locked.confirmed_at is not None:
            raise Refused(["この再開は、すでに確かめられています。"])
        if actor.is_person(locked.proposed_by_id):
            raise Refused(["申し出た人とは別の人が確かめてください。"])
        locked.confirmed_by_id = actor.user_id
        locked.confirmed_at = timezone.now()
        locked.save(update_fields=["confirmed_by", "confirmed_at"])
        invite(
            actor=actor,
            organisation=locked.organisation,
            role=Role.PREFECTURE_ADMIN,
            email=locked.email,
            name=locked.name,
        )
        _say_reopening(actor, locked, "confirm", "組織の再開を確かめる")


def _say_reopening(actor: Actor, reopening: Reopening, verb: str, label: str) -> None:
    record(
        actor,
        f"accounts.reopening.{verb}",
        label,
        reopening,
        data={
            "said": {
                "組織": reopening.organisation.name,
                "新しい県管理者": reopening.name,
                "理由": reopening.reason,
            }
        },
        visibility=Visibility.ORGANISATION,
    )
