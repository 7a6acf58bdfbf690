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
from .views import ActionView

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
    "Role",
    "Verdict",
    "all_actions",
    "decide",
    "get",
    "matrix",
    "register",
]
