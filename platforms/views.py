"""Platforms as their prefecture keeps them and the Cabinet Office reads them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.access.api import ActionView
from portal.accounts.api import Organisation
from portal.core.problems import Refused, Stale
from portal.ui.api import PortalForm, RowFormSet

from .citations import cited
from .forms import (
    AgendaRows,
    MeetingForm,
    MemberEndForm,
    MemberForm,
    PlatformRegisterForm,
    agenda_facts,
    agenda_of,
)
from .models import AgendaItem, Meeting, Member, Platform
from .overtaken import Overtaken, differences, last_saved
from .rules import count_sides, coverage
from .services import (
    add_member,
    change_meeting,
    change_member,
    change_platform,
    end_member,
    next_number,
    register_meeting,
    register_platform,
)
from .states import Side

_PER_PAGE = 50
_MEETINGS_PER_PAGE = 10


class ListView(ActionView):
    """One's own; for the Cabinet Office those of all prefectures, in their order."""

    action = "platforms.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        platforms = (
            Platform.objects.for_user(self.actor)
            .with_figures(timezone.localdate())
            .select_related("owner")
            .order_by("owner__prefecture_id", "name", "pk")
        )
        context = {
            "page_obj": Paginator(platforms, _PER_PAGE).get_page(request.GET.get("page")),
            "may_edit": self.may("platforms.edit"),
        }
        return render(request, "platforms/list.html", context)


class DetailView(ActionView):
    """Who takes part, side by side; which ages are served; who chairs, proposes and agrees."""

    action = "platforms.view"
    model = Platform

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("owner")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        platform: Platform = self.subject
        today = timezone.localdate()
        members = list(platform.members.by_name())
        active = [one for one in members if one.left_on is None or one.left_on >= today]
        agenda = Prefetch("agenda_items", AgendaItem.objects.order_by("order"))
        meetings = platform.meetings.newest_first().prefetch_related(agenda)
        context = {
            "platform": platform,
            "groups": [(side, [m for m in active if m.side == side]) for side in Side],
            "left": [one for one in members if one not in active],
            "sides": count_sides(one.side for one in active),
            "coverage": coverage(one.life_stages for one in active),
            "chairs": count_sides(platform.meetings.values_list("chair_side", flat=True)),
            "proposals": count_sides(
                AgendaItem.objects.filter(meeting__platform=platform).values_list(
                    "proposer_side", flat=True
                )
            ),
            "page_obj": Paginator(meetings, _MEETINGS_PER_PAGE).get_page(request.GET.get("page")),
            "may_edit": self.may("platforms.edit"),
        }
        return render(request, "platforms/detail.html", context)


class MeetingView(ActionView):
    action = "platforms.view"
    model = Meeting

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform__owner")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        items = list(self.subject.agenda_items.order_by("order"))
        context = {
            "meeting": self.subject,
            "platform": self.subject.platform,
            "items": items,
            "cited": cited([item.pk for item in items]),
            "may_edit": self.may("platforms.edit"),
        }
        return render(request, "platforms/meeting.html", context)


class _FormView(ActionView):
    """A form with what it is about. What was typed stays on every refusal: 422, or 409."""

    action = "platforms.edit"
    template = "platforms/form.html"

    def make_form(self, data: Any = None) -> PortalForm:
        raise NotImplementedError

    def save(self, form: Any) -> Any:
        """Stores; returns where to go. Raises Refused and Stale."""
        raise NotImplementedError

    def texts(self) -> dict[str, Any]:
        """title, over (what it belongs to), platform and meeting of the trail, button, done."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(request, self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not self.is_valid(form):
            return self._page(request, form, status=422)
        try:
            place = self.save(form)
        except Stale as stale:
            return self._overtaken(request, stale)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
            return self._page(request, form, status=409)
        messages.success(request, self.texts()["done"])
        return redirect(place)

    def is_valid(self, form: PortalForm) -> bool:
        return form.is_valid()

    def _overtaken(self, request: HttpRequest, stale: Stale) -> HttpResponse:
        """The same page with both values; saved again from there, it replaces knowingly."""
        data = request.POST.copy()
        data["form_version"] = str(stale.current)
        form = self.make_form(data)
        self.is_valid(form)
        self.subject.refresh_from_db()
        overtaken = Overtaken(*last_saved(self.subject), self.differences(form))
        return self._page(request, form, status=409, overtaken=overtaken)

    def differences(self, form: PortalForm) -> list[tuple[str, str, str]]:
        return differences(form, self.subject)

    def _page(
        self,
        request: HttpRequest,
        form: PortalForm,
        status: int = 200,
        overtaken: Overtaken | None = None,
    ) -> HttpResponse:
        context = {"form": form, "overtaken": overtaken, "end_url": "", **self.texts()}
        return render(request, self.template, context, status=status)


class CreateView(_FormView):
    def make_form(self, data: Any = None) -> PlatformRegisterForm:
        return PlatformRegisterForm(data)

    def save(self, form: PlatformRegisterForm) -> Platform:
        owner = Organisation.objects.get(pk=self.actor.organisation_id)
        return register_platform(
            actor=self.actor, owner=owner, facts=form.facts(), request_key=form.request_key
        )

    def texts(self) -> dict[str, Any]:
        return {
            "title": "プラットフォームを登録する",
            "over": self.actor.organisation_name,
            "platform": None,
            "meeting": None,
            "button": "登録する",
            "done": "プラットフォームを登録しました。",
        }


class EditView(_FormView):
    model = Platform

    def make_form(self, data: Any = None) -> PlatformRegisterForm:
        start = PlatformRegisterForm.starts_with(self.subject)
        return PlatformRegisterForm(data, initial=start, version=self.subject.version)

    def save(self, form: PlatformRegisterForm) -> Platform:
        return change_platform(
            actor=self.actor,
            platform=self.subject,
            facts=form.facts(),
            seen_version=form.seen_version,
        )

    def texts(self) -> dict[str, Any]:
        return {
            "title": "登録した内容を変える",
            "over": self.subject.name,
            "platform": self.subject,
            "meeting": None,
            "button": "保存する",
            "done": "登録した内容を変えました。",
        }


class MemberCreateView(_FormView):
    model = Platform

    def make_form(self, data: Any = None) -> MemberForm:
        return MemberForm(data)

    def save(self, form: MemberForm) -> Platform:
        add_member(
            actor=self.actor,
            platform=self.subject,
            facts=form.facts(),
            request_key=form.request_key,
        )
        return self.subject  # type: ignore[no-any-return]

    def texts(self) -> dict[str, Any]:
        return {
            "title": "参画団体を加える",
            "over": self.subject.name,
            "platform": self.subject,
            "meeting": None,
            "button": "加える",
            "done": "参画団体を加えました。",
        }


class _MemberFormView(_FormView):
    model = Member

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform")


class MemberEditView(_MemberFormView):
    def make_form(self, data: Any = None) -> MemberForm:
        start = MemberForm.starts_with(self.subject)
        return MemberForm(data, initial=start, version=self.subject.version)

    def save(self, form: MemberForm) -> Platform:
        change_member(
            actor=self.actor,
            member=self.subject,
            facts=form.facts(),
            seen_version=form.seen_version,
        )
        return self.subject.platform  # type: ignore[no-any-return]

    def texts(self) -> dict[str, Any]:
        return {
            "title": f"{self.subject}の登録を変える",
            "over": self.subject.platform.name,
            "platform": self.subject.platform,
            "meeting": None,
            "end_url": reverse("platforms:member_end", args=[self.subject.pk]),
            "button": "保存する",
            "done": f"{self.subject}の登録を変えました。",
        }


class MemberEndView(_MemberFormView):
    """The body leaves, with its last day; it stays readable among those who left."""

    def make_form(self, data: Any = None) -> MemberEndForm:
        return MemberEndForm(data, member=self.subject, version=self.subject.version)

    def save(self, form: MemberEndForm) -> Platform:
        end_member(
            actor=self.actor,
            member=self.subject,
            left_on=form.cleaned_data["left_on"],
            seen_version=form.seen_version,
        )
        return self.subject.platform  # type: ignore[no-any-return]

    def texts(self) -> dict[str, Any]:
        return {
            "title": f"{self.subject}の参画を終える",
            "over": self.subject.platform.name,
            "platform": self.subject.platform,
            "meeting": None,
            "button": "参画を終える",
            "done": f"{self.subject}の参画を終えました。",
        }


class _MeetingFormView(_FormView):
    """The meeting and its agenda are saved together; a row is added and deleted without saving."""

    template = "platforms/meeting_form.html"
    rows: RowFormSet

    def start(self) -> list[dict[str, Any]]:
        raise NotImplementedError

    def make_form(self, data: Any = None) -> MeetingForm:
        stored = self.start() if data is None else None
        self.rows = AgendaRows(data, initial=stored, prefix="agenda")
        self.rows.extra = 0 if stored else 1
        return self.make_meeting_form(data)

    def make_meeting_form(self, data: Any) -> MeetingForm:
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if self.rows.is_row_action:
            form.forget_errors()
            self.rows.forget_errors()
            return self._page(request, form)
        return super().post(request, **kwargs)

    def is_valid(self, form: PortalForm) -> bool:
        return all([form.is_valid(), self.rows.is_valid()])


class MeetingCreateView(_MeetingFormView):
    model = Platform

    def start(self) -> list[dict[str, Any]]:
        return []

    def make_meeting_form(self, data: Any) -> MeetingForm:
        return MeetingForm(data, initial={"number": next_number(self.subject)})

    def save(self, form: MeetingForm) -> Meeting:
        return register_meeting(
            actor=self.actor,
            platform=self.subject,
            facts=form.facts(),
            agenda=agenda_facts(self.rows),
            request_key=form.request_key,
        )

    def texts(self) -> dict[str, Any]:
        return {
            "title": "会議を登録する",
            "over": self.subject.name,
            "platform": self.subject,
            "meeting": None,
            "rows": self.rows,
            "button": "登録する",
            "done": "会議を登録しました。",
        }


class MeetingEditView(_MeetingFormView):
    model = Meeting

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform")

    def start(self) -> list[dict[str, Any]]:
        return agenda_of(self.subject)

    def make_meeting_form(self, data: Any) -> MeetingForm:
        start = MeetingForm.starts_with(self.subject)
        return MeetingForm(data, initial=start, version=self.subject.version)

    def save(self, form: MeetingForm) -> Meeting:
        return change_meeting(
            actor=self.actor,
            meeting=self.subject,
            facts=form.facts(),
            agenda=agenda_facts(self.rows),
            seen_version=form.seen_version,
        )

    def differences(self, form: PortalForm) -> list[tuple[str, str, str]]:
        found = super().differences(form)
        theirs = "、".join(item["title"] for item in agenda_of(self.subject))
        mine = "、".join(str(row["title"].value() or "") for row in self.rows.rows)
        return [*found, ("議題", theirs, mine)] if theirs != mine else found

    def texts(self) -> dict[str, Any]:
        return {
            "title": f"{self.subject}の登録を変える",
            "over": self.subject.platform.name,
            "platform": self.subject.platform,
            "meeting": self.subject,
            "rows": self.rows,
            "button": "保存する",
            "done": f"{self.subject}の登録を変えました。",
        }
