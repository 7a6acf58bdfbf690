from .models import Absence, ApprovalRoute, Invitation, Membership, Organisation, User
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

__all__ = [
    "Absence",
    "ApprovalRoute",
    "Invitation",
    "Membership",
    "Organisation",
    "User",
    "accept",
    "actor_for",
    "cancel_absence",
    "declare_absence",
    "end_membership",
    "find_invitation",
    "grant_role",
    "invite",
]
