"""What the prefecture is asked about a proposal."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.ui.api import PortalForm, ReasonField

from ..effects import coming_meetings
from ..models import AgendaProposal


class _ProposalForm(PortalForm):
    def __init__(self, *args: Any, subject: AgendaProposal, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)


class TakeForm(_ProposalForm):
    meeting = forms.ChoiceField(label="議題に加える会議", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.fields["meeting"]
        assert isinstance(meeting, forms.ChoiceField)
        meeting.choices = [
            (str(one.pk), f"{one}（{day_with_weekday(one.held_on)}）")
            for one in coming_meetings(self.subject.platform)
        ]


class DeclineForm(_ProposalForm):
    reason = ReasonField(label="見送る理由")
