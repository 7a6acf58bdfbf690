"""Platforms, who takes part in them, and what was talked about."""

from .meeting import AgendaItem, JointAction, Meeting
from .member import Member, MemberImport
from .platform import Milestone, Platform, WorkingGroup

__all__ = [
    "AgendaItem",
    "JointAction",
    "Meeting",
    "Member",
    "MemberImport",
    "Milestone",
    "Platform",
    "WorkingGroup",
]
