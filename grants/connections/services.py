"""Making, revoking and using a key."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from grants.contractors.api import Contract, ContractPerson, ContractState, is_responsible
from portal.accounts.api import Membership, User, actor_for
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused

from .models import AccessKey
from .rules import expiry_problem, why_not

# Found again by a scanner of secrets, wherever it was pasted by mistake.
PREFIX = "kodoku_"
# The last use is written at most once a minute.
_TOUCH = timedelta(minutes=1)
# What an Event has room for.
_NAME = 100


class NotOpened(Exception):
    """The key does not open: HTTP 401, with a reason that helps whoever holds a true key."""


def people_for_keys(contract: Contract) -> list[tuple[User, str]]:
    """Who of the contract's own body is on it, with their role there: 入力担当 first."""
    people = (
        ContractPerson.objects.filter(contract=contract)
        .standing()
        .of_party()
        .joined()
        .select_related("user", "invitation__accepted_by")
        .order_by("role", "id")
    )
    found = [(one.user or one.invitation.accepted_by, one.role) for one in people]
    return sorted(found, key=lambda pair: pair[1] != "recorder")


def make_key(
    *,
    actor: Actor,
    contract: Contract,
    label: str,
    acts_for: User,
    role: str,
    scopes: Sequence[str],
    expires_on: date,
) -> tuple[AccessKey, str]:
    """The key and its secret, which nobody can read again. Raises Refused."""
    today = timezone.localdate()
    reasons = []
    if not is_responsible(contract, actor):
        reasons.append("接続キーを発行できるのは、この契約の責任者です。")
    if contract.state != ContractState.IN_FORCE:
        reasons.append("有効な契約ではありません。")
    if (acts_for, role) not in people_for_keys(contract):
        reasons.append("この契約の担当者を選んでください。")
    reasons += filter(None, [expiry_problem(expires_on, today)])
    if reasons:
        raise Refused(reasons)
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        key = AccessKey.objects.create(
            contract=contract,
            label=label,
            acts_for=acts_for,
            role=role,
            scopes=sorted(scopes),
            digest=digest_of(secret),
            hint=secret[-4:],
            expires_on=expires_on,
            made_by_id=actor.user_id,
        )
        _say(actor, "connections.make", "接続キーを発行する", key)
    return key, secret


def revoke_key(*, actor: Actor, key: AccessKey) -> None:
    """From the next request on. Raises Refused for who is not 責任者 of this contract."""
    if not is_responsible(key.contract, actor):
        raise Refused(["接続キーを無効にできるのは、この契約の責任者です。"])
    with transaction.atomic():
        locked = AccessKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
        if locked.revoked_at is not None:
            return
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        _say(actor, "connections.revoke", "接続キーを無効にする", key)


def open_with(secret: str, ip: str) -> tuple[AccessKey, Actor]:
    """Who acts with this secret. Raises NotOpened."""
    found = AccessKey.objects.with_everything().filter(digest=digest_of(secret)).first()
    if found is None:
        raise NotOpened("接続キーが正しくありません。")
    reason = why_not(
        expires_on=found.expires_on,
        is_revoked=found.revoked_at is not None,
        is_in_force=found.contract.state == ContractState.IN_FORCE,
        today=timezone.localdate(),
    )
    membership = (
        Membership.objects.in_force()
        .filter(
            user_id=found.acts_for_id,
            organisation_id=found.contract.contractor.organisation_id,
            role=found.role,
        )
        .select_related("organisation", "user")
        .first()
    )
    if membership is None:
        reason = reason or "この接続キーで入力する人の役割は終わっています。"
    if reason or membership is None:
        raise NotOpened(reason)
    now = timezone.now()
    if found.last_used_at is None or now - found.last_used_at > _TOUCH:
        AccessKey.objects.filter(pk=found.pk).update(last_used_at=now)
    actor = actor_for(membership, ip=ip)
    return found, replace(actor, name=f"{actor.name}（接続キー「{found.label}」）"[:_NAME])


def digest_of(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _say(actor: Actor, verb: str, label: str, key: AccessKey) -> None:
    said = {
        "名前": key.label,
        "入力する人": key.acts_for.name,
        "できること": key.scope_labels,
        "有効期限": key.expires_on.isoformat(),
    }
    record(
        actor,
        verb,
        label,
        key,
        case_id=key.contract.case_id,
        data={"said": said},
        visibility=Visibility.ORGANISATION,
    )
