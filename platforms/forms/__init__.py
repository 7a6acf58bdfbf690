"""What is typed about platforms, their members and their meetings."""

from .base import QuestioningForm
from .councils import BodyRows, CouncilForm, OathRows
from .listing import DirectoryFilterForm, ListingForm
from .meetings import (
    ActionRows,
    AgendaRows,
    MeetingForm,
    action_facts,
    actions_of,
    agenda_facts,
    agenda_of,
)
from .members import (
    AccountForm,
    ListForm,
    MemberEndForm,
    MemberFilterForm,
    MemberForm,
    ProposalForm,
)
from .registry import GroupRows, MilestoneRows, PlatformRegisterForm, RulesForm, VersionForm

__all__ = [
    "AccountForm",
    "ActionRows",
    "AgendaRows",
    "BodyRows",
    "CouncilForm",
    "DirectoryFilterForm",
    "GroupRows",
    "ListForm",
    "ListingForm",
    "MeetingForm",
    "MemberEndForm",
    "MemberFilterForm",
    "MemberForm",
    "MilestoneRows",
    "OathRows",
    "PlatformRegisterForm",
    "ProposalForm",
    "QuestioningForm",
    "RulesForm",
    "VersionForm",
    "action_facts",
    "actions_of",
    "agenda_facts",
    "agenda_of",
]
