"""Verbs that are not transitions; each act with its Event."""

from .calling import attach_minutes, call_together, make_minutes
from .councils import (
    BodyFacts,
    CouncilFacts,
    OathFacts,
    change_bodies,
    change_council,
    change_oaths,
    register_council,
)
from .imports import annotated, fingerprint, open_kept, receive_members, take_members
from .listing import change_listing, listing_of
from .meetings import (
    ActionFacts,
    AgendaFacts,
    MeetingFacts,
    change_meeting,
    next_number,
    register_meeting,
)
from .members import MemberFacts, add_member, change_member, end_member
from .proposals import give_account, own_membership, propose
from .registry import (
    GroupFacts,
    MilestoneFacts,
    PlatformFacts,
    attach_rules,
    change_groups,
    change_milestones,
    change_platform,
    register_platform,
)

__all__ = [
    "ActionFacts",
    "AgendaFacts",
    "BodyFacts",
    "CouncilFacts",
    "GroupFacts",
    "MeetingFacts",
    "MemberFacts",
    "MilestoneFacts",
    "OathFacts",
    "PlatformFacts",
    "add_member",
    "annotated",
    "attach_minutes",
    "attach_rules",
    "call_together",
    "change_bodies",
    "change_council",
    "change_groups",
    "change_listing",
    "change_meeting",
    "change_member",
    "change_milestones",
    "change_oaths",
    "change_platform",
    "end_member",
    "fingerprint",
    "give_account",
    "listing_of",
    "make_minutes",
    "next_number",
    "open_kept",
    "own_membership",
    "propose",
    "receive_members",
    "register_council",
    "register_meeting",
    "register_platform",
    "take_members",
]
