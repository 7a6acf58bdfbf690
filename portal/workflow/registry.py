"""One table drives the policy rows, the database triggers, the checks and the diagrams."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.apps import apps
from django.db import models

from portal.access import api as access

from .table import Workflow

_registry: dict[str, Workflow] = {}


def register(workflow: Workflow) -> None:
    """Called from `AppConfig.ready()`. Makes the actions and the triggers from the table."""
    if _registry.get(workflow.key, workflow) is not workflow:
        raise ValueError(f"two workflows are called {workflow.key}")
    _registry[workflow.key] = workflow
    _register_actions(workflow)
    _register_triggers(workflow)


def all_workflows() -> list[Workflow]:
    return [workflow for _, workflow in sorted(_registry.items())]


def get(key: str) -> Workflow:
    return _registry[key]


def workflow_of(subject: models.Model) -> Workflow:
    """The table that governs this row. Raises LookupError when there is none."""
    for workflow in _registry.values():
        if workflow.model != subject._meta.label:
            continue
        if workflow.only is None or getattr(subject, workflow.only[0]) == workflow.only[1]:
            return workflow
    raise LookupError(f"no workflow for {subject._meta.label}")


def _register_actions(workflow: Workflow) -> None:
    for row in workflow.transitions:
        access.register(
            access.Action(
                name=workflow.action_name(row.name),
                label=row.label,
                roles=row.actors,
                states=frozenset(row.sources),
                changes=True,
                steps_up=row.steps_up,
                state_field=workflow.state_field,
            )
        )


def _register_triggers(workflow: Workflow) -> None:
    model: Any = apps.get_model(workflow.model)
    suffix = f"_{workflow.only[1]}" if workflow.only else ""
    mine = pgtrigger.Q(**{f"new__{workflow.only[0]}": workflow.only[1]}) if workflow.only else None
    wrong_start = ~pgtrigger.Q(**{f"new__{workflow.state_field}": workflow.initial})
    triggers = (
        pgtrigger.FSM(
            name=f"edges{suffix}",
            field=workflow.state_field,
            transitions=workflow.edges(),
            condition=mine,
        ),
        pgtrigger.Protect(
            name=f"start{suffix}",
            operation=pgtrigger.Insert,
            condition=mine & wrong_start if mine else wrong_start,
        ),
    )
    for trigger in triggers:
        trigger.register(model)
