from .models import ApprovalRoute, Invitation, Membership, Organisation, User
from .services import accept, actor_for, end_membership, find_invitation, grant_role, invite

__all__ = [
    "ApprovalRoute",
    "Invitation",
    "Membership",
    "Organisation",
    "User",
    "accept",
    "actor_for",
    "end_membership",
    "find_invitation",
    "grant_role",
    "invite",
]
