"""Writing an order, and writing of its compliance before it is reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from grants.awards.api import Award
from grants.desk.api import no_conflict
from inspections.findings.api import UPHELD
from portal.accounts.api import User
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.documents.api import Limits, attach

from .counting import standing_of
from .effects import REPORT_FILE
from .models import Order
from .rules import basis_reasons
from .states import OWED, OrderState

ARTICLE = "要領5(2)"
_OWN = ("kind", "basis", "title", "content", "reason", "due_on", "follows")


def write_order(*, actor: Actor, award: Award, values: Mapping[str, Any]) -> Order:
    """A draft, which the office alone sees. `values`: the fields of it, `findings` and `follows`.

    Raises Refused for a basis that does not carry it, a finding that is not upheld or of another
    award, or a conflict that was declared.
    """
    with transaction.atomic():
        _demand(actor, award, values)
        order = Order.objects.create(award=award, **{name: values[name] for name in _OWN})
        order.findings.set(values["findings"])
        _keep_editor(order, actor)
        _record(actor, "orders.write", "措置の命令の案を書く", order)
    return order


def edit_order(*, actor: Actor, order: Order, seen_version: int, values: Mapping[str, Any]) -> None:
    """Raises Stale when somebody saved first, Refused as `write_order` or once it was issued.

    Whoever edits is one of its writers from then on, who do not issue it.
    """
    with transaction.atomic():
        locked = _locked(order, frozenset({OrderState.DRAFTED}), seen_version)
        _demand(actor, locked.award, values)
        for name in _OWN:
            setattr(locked, name, values[name])
        locked.version += 1
        locked.save()
        locked.findings.set(values["findings"])
        _keep_editor(locked, actor)
        _record(actor, "orders.edit", "措置の命令の案を直す", locked)


def save_report(
    *,
    actor: Actor,
    order: Order,
    seen_version: int,
    report: str,
    upload: UploadedFile | None = None,
) -> None:
    """What the body has written so far; the office does not see it before it is reported.

    Raises Stale when somebody saved first, Refused once it was reported, and ValidationError for a
    file that cannot be taken.
    """
    with transaction.atomic():
        locked = _locked(order, OWED, seen_version)
        if upload is not None:
            attach(
                actor=actor,
                upload=upload,
                kind=REPORT_FILE,
                subject=locked,
                limits=Limits(),
                case_id=locked.pk,
            )
        locked.report = report
        locked.version += 1
        locked.save()
        _record(actor, "orders.report", "命令の履行の報告を書く", locked)


def _demand(actor: Actor, award: Award, values: Mapping[str, Any]) -> None:
    """Raises Refused with all that stands against such an order."""
    earlier = values["follows"]
    reasons = list(no_conflict(award, actor))
    reasons.extend(
        basis_reasons(
            values["basis"], values["kind"], standing_of(award), has_earlier=earlier is not None
        )
    )
    if not values["reason"].strip():
        reasons.append("理由を入力してください（適正化法21条の2）。")
    if any(one.visit.award_id != award.pk or one.state not in UPHELD for one in values["findings"]):
        reasons.append("この交付決定の、認めた指摘だけを選べます。")
    if earlier is not None and not Order.objects.not_kept(award.pk).filter(pk=earlier.pk).exists():
        reasons.append("この交付決定の、履行されなかった13条1項の命令だけを選べます。")
    if reasons:
        raise Refused(reasons)


def _locked(order: Order, states: frozenset[OrderState], seen_version: int) -> Order:
    locked: Order = Order.objects.select_for_update(of=("self",)).for_lists().get(pk=order.pk)
    if locked.state not in states:
        raise Refused(["いまの状態では変えられません。"])
    if locked.version != seen_version:
        raise Stale(seen_version, locked.version)
    return locked


def _keep_editor(order: Order, actor: Actor) -> None:
    order.editors.add(*User.objects.filter(pk=actor.user_id))


def _record(actor: Actor, verb: str, label: str, order: Order) -> None:
    record(actor, verb, label, order, article=ARTICLE, visibility=Visibility.ORGANISATION)
