"""Who is told of a meeting or of what became of a proposal; the content is read on the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from portal.access.api import Role
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import AgendaProposal, Meeting

_MEMBER = (Role.MEMBER,)


@writes("platforms.meeting_called")
def meeting_called(pk: str) -> Iterable[Draft]:
    """To the bodies that sign in; the others have their mail."""
    meeting = Meeting.objects.select_related("platform__owner").get(pk=pk)
    members = meeting.platform.members.active(timezone.localdate())
    told = set()
    for member in members.exclude(organisation=None).select_related("organisation").order_by("pk"):
        if member.organisation in told:
            continue
        told.add(member.organisation)
        yield Draft(
            member.organisation,
            _MEMBER,
            f"{meeting}を{day_with_weekday(meeting.held_on)}に開きます",
            "議題と場所は、会議の画面で確認してください。",
            meeting.get_absolute_url(),
            meeting.platform.owner.name,
        )


def _of_proposal(pk: str, title: str, text: str) -> Iterable[Draft]:
    found = AgendaProposal.objects.select_related("member__organisation", "platform__owner")
    proposal = found.get(pk=pk)
    body = proposal.member.organisation
    assert body is not None  # it signed in to propose
    yield Draft(
        body,
        _MEMBER,
        title,
        text,
        proposal.get_absolute_url(),
        proposal.platform.owner.name,
    )


@writes("platforms.proposal_taken")
def proposal_taken(pk: str) -> Iterable[Draft]:
    return _of_proposal(pk, "提案が議題に採用されました", "会議の画面で、議題を確認してください。")


@writes("platforms.proposal_declined")
def proposal_declined(pk: str) -> Iterable[Draft]:
    return _of_proposal(pk, "提案が見送られました", "理由は、提案の画面で確認してください。")
