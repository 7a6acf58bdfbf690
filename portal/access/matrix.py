"""The whole policy as one table, for the README that people review."""

from __future__ import annotations

from portal.core.actor import SYSTEM_ROLE

from .actions import Action, all_actions
from .roles import Role


def matrix() -> str:
    """Markdown: a row for each action, a column for each of the thirteen roles; ● where it changes."""
    roles = list(Role)
    head = ["行為", "名前", "状態", *(role.label for role in roles)]
    lines = [_row(head), _row(["---", "---", "---", *(":-:" for _ in roles)])]
    lines += [_row(_cells(action, roles)) for action in all_actions()]
    return "\n".join(lines)


def _cells(action: Action, roles: list[Role]) -> list[str]:
    states = "すべて" if action.states is None else "、".join(sorted(action.states))
    mark = "●" if action.changes else "○"
    extra = "（再認証）" if action.steps_up else ""
    extra += "（システム）" if SYSTEM_ROLE in action.roles else ""
    return [
        action.label + extra,
        f"`{action.name}`",
        states,
        *(mark if role in action.roles else "" for role in roles),
    ]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
