"""Contracts: preparing, what the clauses say of one, its people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import Award, suspension_of
from grants.guideline.api import blocking_messages
from portal.access.api import CABINET_OFFICE, CONTRACTOR, ActionView
from portal.core.problems import Refused, Stale
from portal.workflow.api import Transition, TransitionView, buttons

from .forms import AddPersonForm, AwardForm, ContractForm, InviteForm
from .judging import asked_of, judgements, shown_evidence
from .ledger import total_of
from .models import Contract, Contractor, Invoice
from .planned import planned_activities
from .querysets import people_of
from .rules import eligibility_reasons
from .services import (
    add_person,
    candidates,
    edit_contract,
    invite_person,
    is_responsible,
    prepare_contract,
)
from .slots import Place, sections_of
from .subsidy_forms import SubsidyForm
from .wording import words_of

_PAGE = 50


class ContractListView(ActionView):
    """The contracts that this person works on, or that this office may read."""

    action = "contracts.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Contract.objects.for_user(self.actor).for_lists()
        page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
        shown = [contract.pk for contract in page]
        parties = Contract.objects.as_party(self.actor).filter(pk__in=shown)
        context = {
            "page_obj": page,
            "is_contractor": self.actor.role in CONTRACTOR,
            "with_terms": set(parties.order_by().values_list("pk", flat=True)),
        }
        return render(request, "contractors/contracts.html", context)


class ContractView(ActionView):
    """Its terms; to the prefecture and the Cabinet Office also how it was let (要領2(2), 2(3))."""

    action = "contracts.view"
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        contract: Contract = self.subject
        if not Contract.objects.as_party(self.actor).filter(pk=contract.pk).exists():
            return self._for_recorders_of_a_part(request)
        is_contractor = self.actor.role in CONTRACTOR
        people = contract.people.standing().select_related(
            "user", "invitation__accepted_by", "sub_body"
        )
        lines = list(contract.lines.with_money().order_by("pk"))
        context = {
            "contract": contract,
            "contractor": contract.contractor,
            "people": list(people),
            "is_contractor": is_contractor,
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_edit": self.may("contracts.edit", contract),
            "may_invite": self.may("contracts.invite", contract),
            "may_add": self.may("contracts.people", contract)
            and is_responsible(contract, self.actor),
            "may_bill": self.may("invoices.write", contract)
            and (not is_contractor or is_responsible(contract, self.actor)),
            "may_declare": self.may("contracts.declare_funding", contract)
            and (not is_contractor or is_responsible(contract, self.actor)),
            "may_accept": self.may("contracts.accept_work", contract),
            "lines": lines,
            "money": total_of(lines),
            "invoices": Invoice.objects.for_user(self.actor).filter(contract=contract),
            "acceptances": contract.acceptances.standing(),
            "declarations": contract.declarations.prefetch_related("items__contract_line"),
            "changes": contract.changes.all(),
            "papers": contract.papers.all(),
            "may_report": self.may("contracts.report", contract)
            and is_responsible(contract, self.actor),
            "successors": contract.successors.for_user(self.actor),
            "sections": sections_of(Place.CONTRACT, contract, self.actor),
            "buttons": [],
            "judgements": [],
            "evidence": [],
            "estimates": [],
            "estimates_asked": 0,
        }
        if not is_contractor:
            found = judgements(contract)
            context |= {
                "suspension": suspension_of(contract.award),
                "judgements": found,
                "blocking": len(blocking_messages(found)),
                "buttons": [
                    replace(one, label=contract.words.acts.get(one.name, one.label))
                    for one in buttons(contract, self.actor)
                ],
                "evidence": shown_evidence(contract),
                "estimates": contract.estimates.select_related("document"),
                "estimates_asked": asked_of(contract)[1],
            }
        return render(request, "contractors/contract.html", context)

    def _for_recorders_of_a_part(self, request: HttpRequest) -> HttpResponse:
        """People of a body to which a part was passed on: what they record, and no terms."""
        mine = people_of(self.actor).filter(contract=self.subject)
        uids = {uid for person in mine for uid in person.activity_uids}
        activities = [a for a in self.subject.activities.all() if a.activity_uid in uids]
        context = {"contract": self.subject, "activities": activities}
        return render(request, "contractors/part.html", context)


class PrepareView(ActionView):
    """A new contract, under the award of a year; refused for a body that is not checked."""

    action = "contractors.prepare"
    model = Contractor
    form_class: type[ContractForm] = ContractForm

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        award = self._award()
        if award is None:
            return self._choose(request)
        terms = award.programme.terms()
        initial = {"due_day": terms.month_due_day}
        form = self._form(award, initial=initial)
        return self._page(request, award, form)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        award = self._award()
        if award is None:
            raise Http404
        form = self._form(award, request.POST)
        if not form.is_valid():
            return self._page(request, award, form, status=422)
        try:
            contract = prepare_contract(
                actor=self.actor,
                contractor=self.subject,
                award=award,
                activities=form.uids,
                values=form.values,
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, award, form, status=409)
        messages.success(
            request,
            f"{contract.words.noun}を準備しました。\n足りないものを確かめてから、登録してください。",
        )
        return redirect(contract)

    def _form(self, award: Award, data: Any = None, **given: Any) -> ContractForm:
        return self.form_class(
            data,
            activities=planned_activities(award),
            terminated=Contract.objects.for_user(self.actor).terminated_under(award),
            **given,
        )

    def _awards(self) -> list[Award]:
        return list(
            Award.objects.for_user(self.actor)
            .in_force()
            .filter(grantee_id=self.subject.grantee_id)
            .select_related("programme", "grantee", "decision")
            .order_by("-programme__fiscal_year")
        )

    def _award(self) -> Award | None:
        """The one that was chosen, or the only one."""
        awards = self._awards()
        chosen = self.request.GET.get("award", "")
        if not chosen:
            return awards[0] if len(awards) == 1 else None
        found = next((award for award in awards if str(award.pk) == chosen), None)
        if found is None:
            raise Http404
        return found

    def _choose(self, request: HttpRequest) -> HttpResponse:
        awards = self._awards()
        initial = {"award": str(awards[0].pk)} if awards else {}
        context = {
            "contractor": self.subject,
            "words": words_of(self.form_class.KIND),
            "awards": awards,
            "form": AwardForm(awards=awards, initial=initial),
        }
        return render(request, "contractors/choose_award.html", context)

    def _page(
        self, request: HttpRequest, award: Award, form: Form, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "contractor": self.subject,
            "words": words_of(self.form_class.KIND),
            "award": award,
            "reasons": eligibility_reasons(self.subject.findings(), timezone.localdate()),
        }
        return render(request, "contractors/prepare.html", context, status=status)


class PrepareSubsidyView(PrepareView):
    """An indirect subsidy (要領2(4)): asked for and decided, with no method of procurement."""

    form_class = SubsidyForm


class EditContractView(ActionView):
    action = "contracts.edit"
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self._form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            edit_contract(
                actor=self.actor,
                contract=self.subject,
                seen_version=form.seen_version,
                activities=form.uids,
                values=form.values,
            )
        except Stale as stale:
            form.add_error(None, list(stale.reasons))
            return self._page(request, form, status=409)
        messages.success(request, f"{self.subject.words.noun}の内容を保存しました。")
        return redirect(self.subject)

    def _form(self, data: Any = None) -> ContractForm:
        award = self.subject.award
        terminated = Contract.objects.for_user(self.actor).terminated_under(award)
        form = SubsidyForm if self.subject.is_subsidy else ContractForm
        return form.of(
            self.subject, planned_activities(award), terminated.exclude(pk=self.subject.pk), data
        )

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject, "words": self.subject.words}
        return render(request, "contractors/edit_contract.html", context, status=status)


class InviteView(ActionView):
    """The prefecture invites the first people of the body; they see this contract alone."""

    action = "contracts.invite"
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, InviteForm(initial={"role": "responsible"}))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        values = form.cleaned_data
        try:
            invite_person(actor=self.actor, contract=self.subject, **values)
        except Refused as refusal:
            form.add_error("email", list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, f"{values['name']}さんに招待のメールを送ります。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject}
        return render(request, "contractors/invite.html", context, status=status)


class PeopleView(ActionView):
    """The contract's 責任者 puts colleagues on it."""

    action = "contracts.people"
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def demand(self, name: str, subject: Any = None) -> None:
        super().demand(name, subject)
        if not is_responsible(subject, self.actor):
            raise Refused(["担当者を加えられるのは、この契約の責任者です。"])

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, AddPersonForm(members=self._members()))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        members = self._members()
        form = AddPersonForm(request.POST, members=members)
        if not form.is_valid():
            return self._page(request, form, status=422)
        chosen = next(m for m in members if str(m.pk) == form.cleaned_data["membership"])
        add_person(actor=self.actor, contract=self.subject, membership=chosen)
        messages.success(request, f"{chosen.user.name}さんを担当者に加えました。")
        return redirect(self.subject)

    def _members(self) -> list[Any]:
        return candidates(self.subject, self.actor)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject, "members": self._members()}
        return render(request, "contractors/people.html", context, status=status)


class ContractTransitionView(TransitionView):
    """変更契約 brings a table of lines, so it has a page of its own."""

    model = Contract

    @property
    def template_name(self) -> str:  # type: ignore[override]  # each act has its own page
        return f"contractors/{'change' if self.row.name == 'change' else 'transition'}.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def extra_context(self) -> dict[str, Any]:
        return {"row": self._worded_row()}

    def _worded_row(self) -> Transition:
        words = self.subject.words
        return replace(
            self.row,
            label=words.acts.get(self.row.name, self.row.label),
            consequence=words.consequences.get(self.row.name, self.row.consequence),
        )

    def success_message(self, subject: Contract) -> str:
        usual = f"「{self._worded_row().label}」を行いました。"
        return subject.words.done.get(self.row.name, usual)
