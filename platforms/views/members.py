"""Who takes part: the whole list with its search, and each body's registration."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from portal.access.api import PREFECTURE, ActionView
from portal.audit.api import story

from ..filters import read_member_filter
from ..forms import MemberEndForm, MemberFilterForm, MemberForm
from ..models import Member, Platform
from ..services import add_member, change_member, end_member
from .base import FormView, of_platform

_PER_PAGE = 50


class MembersView(ActionView):
    """All members, narrowed by what stands in the address; 50 a page."""

    action = "platforms.view"
    model = Platform

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("owner")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        chosen = read_member_filter(request.GET)
        members = chosen.apply(self.subject.members.all(), timezone.localdate()).by_name()
        context = {
            "platform": self.subject,
            "chosen": chosen,
            "page_obj": Paginator(members, _PER_PAGE).get_page(request.GET.get("page")),
            "form": MemberFilterForm(initial=asdict(chosen), areas=self.subject.areas),
            "may_edit": self.may("platforms.edit"),
            "may_account": self.may("platforms.account"),
            "sees_contact": self.actor.role in PREFECTURE,
        }
        return render(request, "platforms/members.html", context)


class MemberCreateView(FormView):
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
        return self.subject

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject,
            title="参画団体を加える",
            button="加える",
            done="参画団体を加えました。",
        )


class _MemberFormView(FormView):
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
        return self.subject.platform

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject.platform,
            title=f"{self.subject}の登録を変える",
            end_url=reverse("platforms:member_end", args=[self.subject.pk]),
            story=story(self.subject, self.actor)[::-1],
            button="保存する",
            done=f"{self.subject}の登録を変えました。",
        )


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
        return self.subject.platform

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject.platform,
            title=f"{self.subject}の参画を終える",
            button="参画を終える",
            done=f"{self.subject}の参画を終えました。",
        )
