"""Meetings: called together, held, recorded; and what plans made of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.access.api import PREFECTURE, ActionView
from portal.ui.api import PortalForm, RowFormSet

from ..citations import uses_of
from ..forms import (
    ActionRows,
    AgendaRows,
    MeetingForm,
    action_facts,
    actions_of,
    agenda_facts,
    agenda_of,
)
from ..models import Meeting, Platform
from ..services import change_meeting, next_number, register_meeting
from .base import RowsView, empty_row_where, of_platform
from .meeting_papers import papers_of


class MeetingView(ActionView):
    action = "platforms.view"
    model = Meeting

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform__owner", "working_group")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        items = list(self.subject.agenda_items.order_by("order"))
        uses = uses_of([item.pk for item in items], self.actor)
        context = {
            "meeting": self.subject,
            "platform": self.subject.platform,
            "items": [(item, uses.get(item.pk, [])) for item in items],
            "actions": self.subject.joint_actions.order_by("order"),
            "papers": papers_of(self.subject, self.actor),
            "may_edit": self.may("platforms.edit"),
            "keeps": self.actor.role in PREFECTURE,
        }
        return render(request, "platforms/meeting.html", context)


class _MeetingFormView(RowsView):
    """The meeting with its agenda and joint actions, saved together."""

    template = "platforms/meeting_form.html"

    @property
    def platform(self) -> Platform:
        raise NotImplementedError

    def stored(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        return [], []

    def make_rows(self, data: Any) -> dict[str, RowFormSet]:
        agenda, actions = self.stored() if data is None else (None, None)
        return {
            "agenda": empty_row_where(AgendaRows(data, initial=agenda, prefix="agenda"), agenda),
            "actions": ActionRows(data, initial=actions, prefix="actions"),
        }

    def groups(self) -> list[Any]:
        return list(self.platform.working_groups.order_by("order"))


class MeetingCreateView(_MeetingFormView):
    model = Platform

    @property
    def platform(self) -> Platform:
        return self.subject

    def make_head(self, data: Any) -> MeetingForm:
        start = {"number": next_number(self.subject)}
        return MeetingForm(data, initial=start, groups=self.groups())

    def save(self, form: MeetingForm) -> Meeting:
        return register_meeting(
            actor=self.actor,
            platform=self.subject,
            facts=form.facts(),
            agenda=agenda_facts(self.rows["agenda"]),
            actions=action_facts(self.rows["actions"]),
            request_key=form.request_key,
        )

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject,
            title="会議を登録する",
            rows=self.rows["agenda"],
            action_rows=self.rows["actions"],
            button="登録する",
            done="会議を登録しました。",
        )


class MeetingEditView(_MeetingFormView):
    model = Meeting

    @property
    def platform(self) -> Platform:
        return self.subject.platform

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform")

    def stored(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        return agenda_of(self.subject), actions_of(self.subject)

    def make_head(self, data: Any) -> MeetingForm:
        return MeetingForm(
            data,
            initial=MeetingForm.starts_with(self.subject),
            version=self.subject.version,
            groups=self.groups(),
        )

    def save(self, form: MeetingForm) -> Meeting:
        return change_meeting(
            actor=self.actor,
            meeting=self.subject,
            facts=form.facts(),
            agenda=agenda_facts(self.rows["agenda"]),
            actions=action_facts(self.rows["actions"]),
            seen_version=form.seen_version,
        )

    def differences(self, form: PortalForm) -> list[tuple[str, str, str]]:
        found = super().differences(form)
        theirs = "、".join(item["title"] for item in agenda_of(self.subject))
        mine = "、".join(str(row["title"].value() or "") for row in self.rows["agenda"].rows)
        return [*found, ("議題", theirs, mine)] if theirs != mine else found

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.platform,
            meeting=self.subject,
            title=f"{self.subject}の登録を変える",
            rows=self.rows["agenda"],
            action_rows=self.rows["actions"],
            button="保存する",
            done=f"{self.subject}の登録を変えました。",
        )
