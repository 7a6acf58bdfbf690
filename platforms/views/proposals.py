"""Accounts of members, and what they propose."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.access.api import ActionView, Role
from portal.workflow.api import TransitionView, buttons

from ..forms import AccountForm, ProposalForm
from ..models import AgendaProposal, Member, Platform
from ..services import give_account, propose
from .base import FormView, of_platform

_PER_PAGE = 50


class AccountView(FormView):
    """県管理者 opens the door to a member; nothing depends on it."""

    action = "platforms.account"
    model = Member

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform__owner")

    def make_form(self, data: Any = None) -> AccountForm:
        return AccountForm(data)

    def save(self, form: AccountForm) -> Platform:
        give_account(
            actor=self.actor,
            member=self.subject,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
        )
        return self.subject.platform

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject.platform,
            title=f"{self.subject}にアカウントを渡す",
            button="招待する",
            done="招待のメールを送ります。",
        )


class ProposeView(FormView):
    action = "platforms.propose"
    model = Platform

    def make_form(self, data: Any = None) -> ProposalForm:
        return ProposalForm(data)

    def save(self, form: ProposalForm) -> AgendaProposal:
        return propose(
            actor=self.actor,
            platform=self.subject,
            title=form.cleaned_data["title"],
            reason=form.cleaned_data["reason"],
            request_key=form.request_key,
        )

    def texts(self) -> dict[str, Any]:
        return of_platform(
            self.subject, title="議題を提案する", button="提案する", done="議題を提案しました。"
        )


class ProposalsView(ActionView):
    """All for the prefecture and the Cabinet Office; a member's own for the member."""

    action = "platforms.view"
    model = Platform

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        proposals = AgendaProposal.objects.for_user(self.actor).filter(platform=self.subject)
        ordered = proposals.select_related("member").order_by("-made_at", "pk")
        context = {
            "platform": self.subject,
            "page_obj": Paginator(ordered, _PER_PAGE).get_page(request.GET.get("page")),
            "may_propose": self.may("platforms.propose"),
        }
        return render(request, "platforms/proposals.html", context)


class ProposalView(ActionView):
    action = "platforms.view"
    model = AgendaProposal

    def get_queryset(self) -> Any:
        joined = super().get_queryset().select_related("member", "platform__owner")
        return joined.select_related("agenda_item__meeting")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        context = {
            "proposal": self.subject,
            "platform": self.subject.platform,
            "buttons": buttons(self.subject, self.actor),
            "is_member": self.actor.role == Role.MEMBER,
        }
        return render(request, "platforms/proposal.html", context)


class ProposalTransitionView(TransitionView):
    model = AgendaProposal

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform", "member")
