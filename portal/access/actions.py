"""Every thing a person can do has a name, the roles that may do it, and the states in which.

`decide()` is the one place where the answer is found. Transitions register their actions here from
their tables, so a button, a view and the matrix page never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from portal.core.actor import HANDED_OVER, SYSTEM_ROLE, Actor

from .roles import Role

PUBLIC = "public"
SIGNED_IN = "signed_in"

Reasons = Iterable[str]


@dataclass(frozen=True, slots=True)
class Action:
    """`states` of None means in every state; `when` returns all reasons against it, or nothing.

    `steps_up` asks for the second factor again when the last sign-in is older than five minutes.
    """

    name: str
    label: str
    roles: frozenset[str]
    states: frozenset[str] | None = None
    when: Callable[[Any, Actor], Reasons] | None = None
    changes: bool = False
    steps_up: bool = False
    state_field: str = "state"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed. `is_timing` tells a wrong state (409) from a wrong person (403)."""

    reasons: tuple[str, ...] = ()
    is_timing: bool = False

    def __bool__(self) -> bool:
        return not self.reasons


_registry: dict[str, Action] = {}


def register(*actions: Action) -> None:
    """Called once per action when the apps start. Raises ValueError for a name already taken."""
    for action in actions:
        known = _registry.get(action.name)
        if known is not None and known != action:
            raise ValueError(f"two actions are called {action.name}")
        _registry[action.name] = action


def get(name: str) -> Action:
    return _registry[name]


def all_actions() -> list[Action]:
    return sorted(_registry.values(), key=lambda action: action.name)


def decide(actor: Actor | None, name: str, subject: Any = None) -> Verdict:
    """May this actor do this to this subject now? The subject must come from `for_user(actor)`.

    PUBLIC is open to all, SIGNED_IN to anyone with an account. Raises KeyError for an unknown name.
    """
    if name == PUBLIC:
        return Verdict()
    if actor is None:
        return Verdict(("サインインしてください。",))
    if name == SIGNED_IN:
        return Verdict()
    action = _registry[name]
    if actor.role != SYSTEM_ROLE and actor.role not in action.roles:
        who = "、".join(role.label for role in Role if role.value in action.roles)
        return Verdict((f"「{action.label}」ができるのは、{who}です。",))
    if actor.reads_only and action.changes:
        return Verdict((HANDED_OVER,))
    if subject is None:
        return Verdict()
    state = getattr(subject, action.state_field, None)
    if action.states is not None and state not in action.states:
        return Verdict((f"いまの状態では「{action.label}」はできません。",), is_timing=True)
    if action.when is not None:
        return Verdict(tuple(action.when(subject, actor)))
    return Verdict()
