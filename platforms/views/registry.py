"""Platforms as their prefecture keeps them and the Cabinet Office reads them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.access.api import PREFECTURE, ActionView, Role
from portal.accounts.api import Organisation
from portal.audit.api import story
from portal.documents.api import Document
from portal.ui.api import PortalForm, RowFormSet

from ..figures import gather
from ..forms import GroupRows, MilestoneRows, PlatformRegisterForm, RulesForm, VersionForm
from ..models import AgendaItem, Platform
from ..services import (
    GroupFacts,
    MilestoneFacts,
    attach_rules,
    change_groups,
    change_milestones,
    change_platform,
    register_platform,
)
from ..services.registry import RULES
from ..states import Side
from .base import FormView, RowsView, empty_row_where, of_platform

_PER_PAGE = 50
_MEETINGS_PER_PAGE = 10
# As many of each side as fit on one screen; the list has all.
_MEMBERS_SHOWN = 8


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
            "reads_others": self.may("platforms.directory"),
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
        members = platform.members.by_name()
        agenda = Prefetch("agenda_items", AgendaItem.objects.order_by("order"))
        meetings = platform.meetings.newest_first().prefetch_related(agenda)
        figures = gather(platform, today)
        context = {
            "platform": platform,
            "figures": figures,
            "groups": [
                (
                    side,
                    figures.of_side(side),
                    members.active(today).filter(side=side)[:_MEMBERS_SHOWN],
                )
                for side in Side
            ],
            "left_count": platform.members.filter(left_on__lt=today).count(),
            "left": members.filter(left_on__lt=today)[:_MEMBERS_SHOWN],
            "working_groups": platform.working_groups.order_by("order"),
            "milestones": platform.milestones.order_by("order"),
            "rules": Document.objects.for_user(self.actor)
            .of_subject(platform)
            .filter(kind=RULES)
            .last(),
            "page_obj": Paginator(meetings, _MEETINGS_PER_PAGE).get_page(request.GET.get("page")),
            "may_edit": self.may("platforms.edit"),
            "keeps": self.actor.role in PREFECTURE,
            "reads_history": self.actor.role != Role.MEMBER,
        }
        return render(request, "platforms/detail.html", context)


class HistoryView(ActionView):
    """第1版, 第2版, …: who changed what of the registration, from what to what."""

    action = "platforms.history"
    model = Platform

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        context = {"platform": self.subject, "entries": story(self.subject, self.actor)[::-1]}
        return render(request, "platforms/history.html", context)


class CreateView(FormView):
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


class EditView(FormView):
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
        return of_platform(
            self.subject,
            title="登録した内容を変える",
            button="保存する",
            done="登録した内容を変えました。",
        )


class _PlatformRowsView(RowsView):
    """Rows of the platform, compared by its version."""

    model = Platform
    template = "platforms/rows_form.html"

    def make_head(self, data: Any) -> PortalForm:
        return VersionForm(data, version=self.subject.version)

    def differences(self, form: PortalForm) -> list[tuple[str, str, str]]:
        return []


class GroupsView(_PlatformRowsView):
    def make_rows(self, data: Any) -> dict[str, RowFormSet]:
        stored = [
            {
                "uid": group.pk,
                "name": group.name,
                "purpose": group.purpose,
                "started_on": group.started_on,
                "ended_on": group.ended_on,
            }
            for group in self.subject.working_groups.order_by("order")
        ]
        initial = stored if data is None else None
        return {"rows": empty_row_where(GroupRows(data, initial=initial, prefix="groups"), initial)}

    def save(self, form: PortalForm) -> Platform:
        change_groups(
            actor=self.actor,
            platform=self.subject,
            groups=[GroupFacts(**values) for values in self.rows["rows"].filled],
            seen_version=form.seen_version,
        )
        return self.subject

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject,
            title="分科会",
            lead="終わった分科会は、削除しないで終了日を入力してください。",
            add="分科会を追加する",
            rows=self.rows["rows"],
            button="保存する",
            done="分科会の登録を変えました。",
        )


class MilestonesView(_PlatformRowsView):
    def make_rows(self, data: Any) -> dict[str, RowFormSet]:
        stored = [
            {"uid": one.pk, "title": one.title, "due_on": one.due_on, "done_on": one.done_on}
            for one in self.subject.milestones.order_by("order")
        ]
        initial = stored if data is None else None
        rows = MilestoneRows(data, initial=initial, prefix="milestones")
        return {"rows": empty_row_where(rows, initial)}

    def save(self, form: PortalForm) -> Platform:
        change_milestones(
            actor=self.actor,
            platform=self.subject,
            milestones=[MilestoneFacts(**values) for values in self.rows["rows"].filled],
            seen_version=form.seen_version,
        )
        return self.subject

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject,
            title="設置までの工程",
            lead="まだ設置していないプラットフォームを、いつまでに、どのように設置するか。",
            add="工程を追加する",
            rows=self.rows["rows"],
            button="保存する",
            done="設置までの工程を変えました。",
        )


class RulesView(FormView):
    """規約: the newest is the one in force, those before stay."""

    model = Platform
    template = "platforms/rules_form.html"

    def make_form(self, data: Any = None) -> RulesForm:
        return RulesForm(data, self.request.FILES if data is not None else None)

    def save(self, form: RulesForm) -> Platform:
        attach_rules(actor=self.actor, platform=self.subject, upload=form.cleaned_data["file"])
        return self.subject

    def texts(self) -> dict[str, Any]:
        papers = Document.objects.for_user(self.actor).of_subject(self.subject).filter(kind=RULES)
        return of_platform(
            self.subject,
            title="規約を登録する",
            past="これまでの規約",
            papers=papers.reverse(),
            button="登録する",
            done="規約を登録しました。",
        )
