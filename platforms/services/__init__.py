"""Verbs that are not transitions; each act with its Event."""

from .imports import annotated, fingerprint, open_kept, receive_members, take_members
from .meetings import (
    ActionFacts,
    AgendaFacts,
    MeetingFacts,
    change_meeting,
    next_number,
    register_meeting,
)
from .members import MemberFacts, add_member, change_member, end_member
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
    "GroupFacts",
    "MeetingFacts",
    "MemberFacts",
    "MilestoneFacts",
    "PlatformFacts",
    "add_member",
    "annotated",
    "attach_rules",
    "change_groups",
    "change_meeting",
    "change_member",
    "change_milestones",
    "change_platform",
    "end_member",
    "fingerprint",
    "next_number",
    "open_kept",
    "receive_members",
    "register_meeting",
    "register_platform",
    "take_members",
]
