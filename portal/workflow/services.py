"""`perform()`: the only writer of a state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.http import Http404

from portal.audit.api import Event, Visibility, already_recorded, record
from portal.core.actor import HANDED_OVER, SYSTEM_ROLE, Actor
from portal.core.problems import Denied, Refused, Stale
from portal.outbox.api import enqueue

from .registry import workflow_of
from .table import Transition, Workflow

# Upward news: subject, transition, actor, event. Received in the `apps.py` of higher packages.
transitioned = Signal()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`is_repeat` says that this click was the second one: nothing happened again."""

    subject: Any
    event: Event
    is_repeat: bool = False


def perform(
    model: type[models.Model],
    pk: Any,
    name: str,
    actor: Actor,
    *,
    seen_version: int | None = None,
    data: Mapping[str, Any] | None = None,
    request_key: UUID | None = None,
) -> Outcome:
    """Moves one row along one edge of its table, or raises and changes nothing.

    Raises Http404 (not yours, or not there), Stale (someone was first), Denied (wrong role) and
    Refused (wrong state, or guards: all reasons at once). Two clicks with one `request_key` give
    one change.
    """
    values = dict(data or {})
    with transaction.atomic():
        subject = (
            model._default_manager.for_user(actor)  # type: ignore[attr-defined]  # every model with a table has it
            .select_for_update(of=("self",))
            .filter(pk=pk)
            .first()
        )
        if subject is None:
            raise Http404
        workflow = workflow_of(subject)
        row = workflow[name]
        verb = workflow.action_name(name)
        earlier = already_recorded(verb, pk, request_key)
        if earlier is not None:
            return Outcome(subject, earlier, is_repeat=True)
        if seen_version is not None and seen_version != subject.version:
            raise Stale(seen_version, subject.version)
        _demand(workflow, row, subject, actor)
        before = getattr(subject, workflow.state_field)
        after = row.target_for(subject)
        values["_said"] = dict(values.get("_said", {}))
        try:
            for effect in row.effects:
                effect(subject, actor, values)
        except ValidationError as error:
            # What only looking inside shows, such as a file that is not what its name says.
            raise Refused(error.messages) from error
        setattr(subject, workflow.state_field, after)
        subject.version += 1
        subject.save()
        event = _record(workflow, row, subject, actor, before, after, values, request_key)
        transitioned.send(
            sender=model, subject=subject, transition=row, actor=actor, event=event, data=values
        )
        return Outcome(subject, event)


def _demand(workflow: Workflow, row: Transition, subject: Any, actor: Actor) -> None:
    if actor.role not in row.actors and actor.role != SYSTEM_ROLE:
        raise Denied([f"「{row.label}」をする役割がありません。"])
    if actor.reads_only:
        raise Denied([HANDED_OVER])
    if actor.role == SYSTEM_ROLE and SYSTEM_ROLE not in row.actors:
        raise Denied([f"「{row.label}」は人が行います。"])
    state = getattr(subject, workflow.state_field)
    if state not in row.sources:
        label = dict(workflow.states.choices)[state]
        raise Refused([f"いまは「{label}」のため、「{row.label}」はできません。"])
    reasons = blocking_reasons(row, subject, actor)
    if reasons:
        raise Refused(reasons)


def blocking_reasons(row: Transition, subject: Any, actor: Actor) -> tuple[str, ...]:
    """All that stands against this transition now, guard by guard, in the table's order."""
    return tuple(reason for guard in row.guards for reason in guard(subject, actor))


def _record(
    workflow: Workflow,
    row: Transition,
    subject: Any,
    actor: Actor,
    before: str,
    after: str,
    values: Mapping[str, Any],
    request_key: UUID | None,
) -> Event:
    verb = workflow.action_name(row.name)
    case_id = getattr(subject, "case_id", subject.pk)
    for message in row.notifies:
        key = f"{message}:{subject.pk}:{subject.version}"
        enqueue("notify", key, {"message": message, "pk": str(subject.pk), "key": key})
    return record(
        actor,
        verb,
        row.label,
        subject,
        article=row.article,
        case_id=case_id,
        data={"from": before, "to": after, "version": subject.version, "said": values["_said"]},
        visibility=Visibility.ORGANISATION if row.is_private else Visibility.CASE,
        request_key=request_key,
    )
