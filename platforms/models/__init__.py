"""Platforms, who takes part in them, and what was talked about; councils beside them."""

from .council import Council, CouncilBody, Oath
from .listing import Listing
from .meeting import AgendaItem, JointAction, Meeting, Minutes
from .member import Member, MemberImport
from .platform import Milestone, Platform, WorkingGroup
from .proposal import AgendaProposal

__all__ = [
    "AgendaItem",
    "AgendaProposal",
    "Council",
    "CouncilBody",
    "JointAction",
    "Listing",
    "Meeting",
    "Member",
    "MemberImport",
    "Milestone",
    "Minutes",
    "Oath",
    "Platform",
    "WorkingGroup",
]
