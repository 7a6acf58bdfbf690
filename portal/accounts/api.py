from .handovers import confirm_reopening, hand_over, propose_reopening
from .models import (
    Absence,
    ApprovalRoute,
    Handover,
    Invitation,
    Membership,
    Organisation,
    Reopening,
    User,
)
from .services import (
    accept,
    actor_for,
    cancel_absence,
    declare_absence,
    end_membership,
    find_invitation,
    grant_role,
    invite,
)
from .work import Work, open_work, register_work

__all__ = [
    "Absence",
    "ApprovalRoute",
    "Handover",
    "Invitation",
    "Membership",
    "Organisation",
    "Reopening",
    "User",
    "Work",
    "accept",
    "actor_for",
    "cancel_absence",
    "confirm_reopening",
    "declare_absence",
    "end_membership",
    "find_invitation",
    "grant_role",
    "hand_over",
    "invite",
    "open_work",
    "propose_reopening",
    "register_work",
]
