from .actions import PUBLIC, SIGNED_IN, Action, Verdict, all_actions, decide, get, register
from .matrix import matrix
from .roles import (
    CABINET_OFFICE,
    CONTRACTOR,
    EVERYONE,
    PREFECTURE,
    ROLES_OF,
    OrganisationKind,
    Role,
)
from .scope import opened, opened_case, register_opened
from .views import ActionView
from .witness import Read, register_witness

__all__ = [
    "CABINET_OFFICE",
    "CONTRACTOR",
    "EVERYONE",
    "PREFECTURE",
    "PUBLIC",
    "ROLES_OF",
    "SIGNED_IN",
    "Action",
    "ActionView",
    "OrganisationKind",
    "Read",
    "Role",
    "Verdict",
    "all_actions",
    "decide",
    "get",
    "matrix",
    "opened",
    "opened_case",
    "register",
    "register_opened",
    "register_witness",
]
