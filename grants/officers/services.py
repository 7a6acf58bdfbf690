"""Entering a list, opening it for its purpose, recording the answer, destroying it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from grants.contractors.api import Contractor
from portal.audit.api import Visibility, record
from portal.core.actor import Actor, system
from portal.core.problems import Refused

from .models import OfficerList
from .rules import Officer
from .states import Outcome, Purpose

_ARTICLE = "要領2(2)"


def write_list(
    *,
    actor: Actor,
    contractor: Contractor,
    collected_on: date,
    destroy_on: date,
    officers: list[Officer],
) -> OfficerList:
    """The names stand nowhere but encrypted: neither in the event nor in a message."""
    with transaction.atomic():
        made = OfficerList(
            contractor=contractor,
            collected_on=collected_on,
            destroy_on=destroy_on,
            recorded_by_id=actor.user_id,
            recorded_by_name=actor.name,
        )
        made.seal(officers)
        made.save()
        _record(actor, "officers.write", "役員名簿を登録する", made, {"人数": f"{made.count}人"})
    return made


def open_list(*, actor: Actor, officer_list: OfficerList, purpose: str) -> list[Officer]:
    """The officers, once it was recorded who looked and for what. Raises Refused when destroyed."""
    with transaction.atomic():
        locked = _kept(officer_list)
        officers = locked.officers()
        said = {"目的": Purpose(purpose).label, "人数": f"{locked.count}人"}
        _record(actor, "officers.open", "役員名簿を開く", locked, said)
    return officers


def record_answer(
    *,
    actor: Actor,
    officer_list: OfficerList,
    asked_on: date,
    answered_on: date | None,
    outcome: str,
) -> None:
    """What follows for the body is a check of its own (除外団体でないことの確認).

    The answer may come after the list was destroyed: it names nobody.
    """
    with transaction.atomic():
        locked = _locked(officer_list)
        locked.asked_on, locked.answered_on, locked.outcome = asked_on, answered_on, outcome
        locked.save(update_fields=["asked_on", "answered_on", "outcome"])
        said = {"照会日": asked_on.isoformat(), "結果": Outcome(outcome).label}
        _record(actor, "officers.answer", "照会の結果を記録する", locked, said)


def destroy(*, actor: Actor, officer_list: OfficerList, reason: str) -> None:
    """The encrypted text is overwritten; dates, number and outcome remain. Raises Refused."""
    with transaction.atomic():
        locked = _kept(officer_list)
        locked.sealed, locked.destroyed_at, locked.destroy_reason = b"", timezone.now(), reason
        locked.save(update_fields=["sealed", "destroyed_at", "destroy_reason"])
        _record(actor, "officers.destroy", "役員名簿を廃棄する", locked, {"理由": reason})


def destroy_due(now: datetime) -> int:
    """Those whose day has come; how many."""
    due = list(OfficerList.objects.due_by(timezone.localdate(now)).select_related("contractor"))
    for one in due:
        destroy(actor=system("officers"), officer_list=one, reason="廃棄する日になったため（自動）")
    return len(due)


def _locked(officer_list: OfficerList) -> OfficerList:
    found: OfficerList = (
        OfficerList.objects.select_for_update(of=("self",))
        .select_related("contractor")
        .get(pk=officer_list.pk)
    )
    return found


def _kept(officer_list: OfficerList) -> OfficerList:
    locked = _locked(officer_list)
    if not locked.is_kept:
        raise Refused(["この役員名簿は、もう廃棄されています。"])
    return locked


def _record(
    actor: Actor, verb: str, label: str, officer_list: OfficerList, said: dict[str, Any]
) -> None:
    record(
        actor,
        verb,
        label,
        officer_list,
        article=_ARTICLE,
        data={"said": said},
        visibility=Visibility.ORGANISATION,
    )
