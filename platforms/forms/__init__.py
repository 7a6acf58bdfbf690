"""What is typed about platforms, their members and their meetings."""

from .base import QuestioningForm
from .meetings import (
    ActionRows,
    AgendaRows,
    MeetingForm,
    action_facts,
    actions_of,
    agenda_facts,
    agenda_of,
)
from .members import ListForm, MemberEndForm, MemberFilterForm, MemberForm
from .registry import GroupRows, MilestoneRows, PlatformRegisterForm, RulesForm, VersionForm

__all__ = [
    "ActionRows",
    "AgendaRows",
    "GroupRows",
    "ListForm",
    "MeetingForm",
    "MemberEndForm",
    "MemberFilterForm",
    "MemberForm",
    "MilestoneRows",
    "PlatformRegisterForm",
    "QuestioningForm",
    "RulesForm",
    "VersionForm",
    "action_facts",
    "actions_of",
    "agenda_facts",
    "agenda_of",
]
