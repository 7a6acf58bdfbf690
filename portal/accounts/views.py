from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.access.api import PUBLIC, SIGNED_IN, ActionView
from portal.audit.api import Visibility, record
from portal.core.problems import Refused

from .forms import AbsenceForm, AcceptForm, InviteForm, OrganisationForm
from .models import Absence, Invitation, Membership, Organisation
from .policy import against_absence_of_another, invitable_roles
from .services import (
    accept,
    cancel_absence,
    declare_absence,
    end_membership,
    find_invitation,
    invite,
)


class AcceptView(ActionView):
    """Opening the link shows for what it is; setting a password makes the account."""

    action = PUBLIC
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = find_invitation(kwargs["token"])
        if found is None:
            return render(request, "accounts/invitation_over.html", status=410)
        self.invitation = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(request, AcceptForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        accept(self.invitation, password=form.cleaned_data["password1"])
        messages.success(request, "アカウントができました。サインインしてください。")
        return redirect("account_login")

    def _page(self, request: HttpRequest, form: AcceptForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "invitation": self.invitation}
        return render(request, "accounts/accept.html", context, status=status)


class AddressView(ActionView):
    """The address one signs in with, to read."""

    action = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "account/email.html")


class SwitchView(ActionView):
    """Choosing in which role to act; the choice lasts for the session."""

    action = SIGNED_IN

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("membership", "")
        if wanted not in {str(membership.pk) for membership in request.memberships}:
            raise Http404
        request.session["membership"] = wanted
        return HttpResponseRedirect(reverse("home"))


class MembersView(ActionView):
    action = "accounts.members.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        memberships = (
            Membership.objects.for_user(self.actor)
            .in_force()
            .select_related("user", "organisation")
            .order_by("organisation__kind", "organisation__name", "role", "user__name")
        )
        invitations = (
            Invitation.objects.for_user(self.actor)
            .open()
            .select_related("organisation")
            .order_by("-created_at")
        )
        context = {"memberships": memberships, "invitations": invitations}
        return render(request, "accounts/members.html", context)


class InviteView(ActionView):
    action = "accounts.members.invite"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, InviteForm(roles=invitable_roles(self.actor)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InviteForm(request.POST, roles=invitable_roles(self.actor))
        if not form.is_valid():
            return self._page(request, form, status=422)
        organisation = Organisation.objects.get(pk=self.actor.organisation_id)
        invite(
            actor=self.actor,
            organisation=organisation,
            role=form.cleaned_data["role"],
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
        )
        messages.success(request, f"{form.cleaned_data['name']}さんに招待のメールを送ります。")
        return redirect("accounts:members")

    def _page(self, request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/invite.html", {"form": form}, status=status)


class EndMembershipView(ActionView):
    action = "accounts.members.end"
    model = Membership

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            end_membership(actor=self.actor, membership=self.subject, last_day=timezone.localdate())
        except Refused as refusal:
            return self._page(request, refusal.reasons, status=409)
        messages.success(request, "役割を終えました。")
        return redirect("accounts:members")

    def _page(
        self, request: HttpRequest, reasons: tuple[str, ...] = (), status: int = 200
    ) -> HttpResponse:
        context = {"membership": self.subject, "reasons": reasons}
        return render(request, "accounts/end.html", context, status=status)


class OrganisationView(ActionView):
    action = "accounts.organisation.edit"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, OrganisationForm.of(self._own()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OrganisationForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        with transaction.atomic():
            organisation = Organisation.objects.select_for_update().get(pk=self._own().pk)
            for name, value in form.cleaned_data.items():
                setattr(organisation, name, value)
            organisation.save(update_fields=list(form.cleaned_data))
            record(
                self.actor,
                "accounts.organisation",
                "組織の設定を変える",
                organisation,
                visibility=Visibility.ORGANISATION,
                data={"said": {"決裁の方法": organisation.get_approval_route_display()}},
            )
        messages.success(request, "組織の設定を保存しました。")
        return redirect("accounts:organisation")

    def _own(self) -> Organisation:
        return Organisation.objects.get(pk=self.actor.organisation_id)

    def _page(
        self, request: HttpRequest, form: OrganisationForm, status: int = 200
    ) -> HttpResponse:
        return render(request, "accounts/organisation.html", {"form": form}, status=status)


class AbsencesView(ActionView):
    """Who of the organisation is away now or soon, and who acts in their place."""

    action = "accounts.absences.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        absences = (
            Absence.objects.for_user(self.actor)
            .not_over(today)
            .for_lists()
            .order_by("starts_on", "membership__user__name", "id")
        )
        context = {
            "rows": [(one, one.starts_on <= today, self._may_cancel(one)) for one in absences],
            "may_declare": self.may("accounts.absences.declare"),
        }
        return render(request, "accounts/absences.html", context)

    def _may_cancel(self, absence: Absence) -> bool:
        against = against_absence_of_another(absence.membership.user_id, self.actor)
        return self.may("accounts.absences.cancel", absence) and not list(against)


class DeclareAbsenceView(ActionView):
    action = "accounts.absences.declare"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, AbsenceForm(actor=self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AbsenceForm(request.POST, actor=self.actor)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            declare_absence(
                actor=self.actor,
                membership=form.cleaned_data["membership"],
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
                deputy=form.cleaned_data["deputy"],
                note=form.cleaned_data["note"],
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "不在を届け出ました。")
        return redirect("accounts:absences")

    def _page(self, request: HttpRequest, form: AbsenceForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/declare_absence.html", {"form": form}, status=status)


class CancelAbsenceView(ActionView):
    action = "accounts.absences.cancel"
    model = Absence

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        against = against_absence_of_another(self.subject.membership.user_id, self.actor)
        return self._page(request, tuple(against))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            cancel_absence(actor=self.actor, absence=self.subject)
        except Refused as refusal:
            return self._page(request, refusal.reasons, status=409)
        messages.success(request, "不在を取り消しました。")
        return redirect("accounts:absences")

    def _page(
        self, request: HttpRequest, reasons: tuple[str, ...] = (), status: int = 200
    ) -> HttpResponse:
        context = {"absence": self.subject, "reasons": reasons}
        return render(request, "accounts/cancel_absence.html", context, status=status)
