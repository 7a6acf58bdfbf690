"""Who acts: a person in a role of an organisation, as a plain value.

Every decision, every change of state and every Event takes an Actor, never a request: so a worker,
a test and a page say the same thing in the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """`role` is a value of `portal.access.roles.Role`; `scope` is filled for SYSTEM alone.

    `reads_only` after the role was handed over: the person still sees and no longer changes.
    """

    user_id: UUID | None
    name: str
    role: str
    role_label: str
    organisation_id: UUID | None
    organisation_name: str
    organisation_kind: str = ""
    ip: str = ""
    scope: str = ""
    reads_only: bool = False

    @property
    def is_system(self) -> bool:
        return bool(self.scope)

    def is_person(self, user_id: UUID | None) -> bool:
        """The same human being, whatever role or organisation they act in."""
        return self.user_id is not None and self.user_id == user_id


SYSTEM_ROLE = "system"
HANDED_OVER = "この役割は後任に引き継いだため、閲覧だけができます。"


def system(scope: str) -> Actor:
    """The portal itself, for deadlines, workers and loaders. `scope` says for what, and is audited."""
    if not scope:
        raise ValueError("a system actor names its scope")
    return Actor(None, "システム", SYSTEM_ROLE, "システム", None, "ポータル", scope=scope)
