"""支払と精算: the list of a year, one award's money, and the examination line by line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import Award, AwardState
from grants.filings.api import Filing, SealedVersion, against_handling, latest_version
from grants.objections.api import of_subjects
from grants.payments.api import Payment, ceiling_of, closed_on, holds_on
from grants.programmes.api import Programme, named_year
from grants.refunds.api import BESIDE_THE_AMOUNT, claims_on
from portal.access.api import CABINET_OFFICE, ActionView
from portal.audit.api import timeline
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.workflow.api import TransitionView, buttons

from .beside import beside_lines
from .examining import ExaminedLine, examined_lines
from .forms import DrawForm, JudgeForm
from .judging import accept_the_rest, draw_lines, judge_line
from .models import PerformanceReport, Settlement
from .overview import money_rows
from .rules import fixed_amount
from .services import cuts_of, recompute
from .states import SettlementState


class ListView(ActionView):
    """Every award of a year: to a prefecture its own of all years."""

    action = "settlements.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = Award.objects.for_user(self.actor).exclude(state="withdrawn")
        years = list(
            Programme.objects.filter(awards__in=awards).distinct().order_by("-fiscal_year")
        )
        chosen = named_year(years, request.GET.get("year", "")) or next(iter(years), None)
        rows = money_rows(
            awards.filter(programme=chosen).order_by("grantee__prefecture_id", "id"), self.actor
        )
        context = {
            "years": years,
            "year": chosen,
            "rows": rows,
            "sums": (
                sum(int(row.award.amount) for row in rows),
                sum(row.paid for row in rows),
                sum(row.refunds for row in rows),
            ),
            "is_office": self.actor.role in CABINET_OFFICE,
        }
        return render(request, "settlements/list.html", context)


class AwardView(ActionView):
    """From the amount decided to the last yen: payments, report, 額の確定, refunds."""

    action = "settlements.view"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision__filing")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        award: Award = self.subject
        row = money_rows(Award.objects.filter(pk=award.pk), self.actor)[0]
        settlement = row.settlement
        is_in_force = award.state == AwardState.IN_FORCE
        is_closed = settlement is not None and settlement.state == SettlementState.CLOSED
        documents = Document.objects.for_user(self.actor).filter(case_id=award.case_id)
        revocations = list(award.revocations.all())
        acts: list[tuple[str, Any]] = [("revocation", one) for one in revocations]
        if settlement is not None:
            acts.insert(0, ("settlement", settlement))
        context = {
            "award": award,
            "row": row,
            "against": of_subjects(acts, self.actor),
            "payments": self._payments(award),
            "left": max(0, ceiling_of(award) - (row.paid - row.refunds)),
            "closed": closed_on(award, timezone.localdate()) if is_in_force else [],
            "report": row.report,
            "settlement": settlement,
            "cuts": cuts_of(settlement) if settlement else [],
            "beside": [one for one in claims_on(award) if one.ground in BESIDE_THE_AMOUNT],
            "orders": award.refund_orders.all(),
            "revocations": [(one, buttons(one, self.actor)) for one in revocations],
            "buttons": buttons(settlement, self.actor) if settlement else [],
            "may_pay": self.may("payments.record") and is_in_force and not is_closed,
            "may_order": self.may("refunds.order"),
            "may_revoke": self.may("revocations.revoke") and is_in_force,
            "may_report": self.may("performance.start") and is_in_force,
            "documents": documents.filter(kind__in=_PAPERS).order_by("created_at"),
            "timeline": list(reversed(timeline(award.case_id, self.actor))),
        }
        return render(request, "settlements/award.html", context)

    def _payments(self, award: Award) -> list[tuple[Payment, bool]]:
        """Each with whether this actor may take its record back."""
        may_undo, holds = self.may("payments.undo"), holds_on(award)
        return [
            (
                one,
                may_undo
                and one.undone_at is None
                and not any(hold.keeps(one.recorded_at) for hold in holds),
            )
            for one in award.payments.all()
        ]


_PAPERS = (
    "notice_of_decision",
    "notice_of_settlement",
    "notice_of_revocation",
    "notice_of_refund",
    "notice_of_lowering",
    "notice_of_interest",
)


class _OfReport(ActionView):
    """The latest version of a filed 実績報告."""

    model = PerformanceReport

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related("filing__grantee__prefecture", "filing__programme", "award")
        )

    @property
    def filing(self) -> Filing:
        found: Filing = self.subject.filing
        return found

    def version(self) -> SealedVersion:
        sealed = latest_version(self.filing)
        if sealed is None:
            raise Http404
        return sealed


class LinesView(_OfReport):
    """Every line with what was found of it, and what the amount would be."""

    action = "settlements.read_lines"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, DrawForm())

    def _page(self, request: HttpRequest, form: DrawForm, status: int = 200) -> HttpResponse:
        filing, award = self.filing, self.subject.award
        sealed = self.version()
        lines = examined_lines(filing, sealed)
        beside = beside_lines(self.subject, self.actor)
        table = recompute(sealed, lines, filing.programme.terms())
        against = tuple(against_handling(filing, self.actor))
        context = {
            "filing": filing,
            "award": award,
            "moves": award.reallocations.standing(),
            "sealed": sealed,
            "lines": [(line, beside.get(line.uid)) for line in lines],
            "form": form,
            "draws": filing.line_draws.all(),
            "waiting": sum(line.is_waiting for line in lines),
            "may_draw": any(line.is_eligible and line.sample is None for line in lines),
            "left": sum(not line.is_settled for line in lines),
            "cut": sum(line.cut for line in lines),
            "table": table,
            "decided": int(award.amount),
            "fixed": fixed_amount(int(award.amount), table.g),
            "may_judge": self.may("settlements.judge", self.subject) and not against,
            "against": against,
        }
        return render(request, "settlements/lines.html", context, status=status)


class DrawView(LinesView):
    """Picks lines for a closer look by a seeded draw."""

    action = "settlements.judge"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return redirect("settlements:lines", pk)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = DrawForm(request.POST)
        if form.is_valid():
            try:
                draw = draw_lines(
                    actor=self.actor, filing=self.filing, count=form.cleaned_data["count"]
                )
            except Refused as refusal:
                form.add_error("count", list(refusal.reasons))
            else:
                messages.success(
                    request,
                    f"{draw.count}件を抽出しました。\n抽出した明細は、確かめた結果を入力するまで、審査を終えられません。",
                )
                return redirect("settlements:lines", pk)
        return self._page(request, form, status=422)


class AcceptView(_OfReport):
    """Accepts all that nothing was found of."""

    action = "settlements.judge"

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        count = accept_the_rest(actor=self.actor, filing=self.filing)
        messages.success(request, f"残りの{count}件を認めました。")
        return redirect("settlements:lines", pk)


class JudgeView(_OfReport):
    """One line: what was spent, the plan beside it, and what is found of it."""

    action = "settlements.judge"

    def get(self, request: HttpRequest, pk: Any, uid: UUID) -> HttpResponse:
        line = self._line()
        return self._page(request, line, JudgeForm(line=line))

    def post(self, request: HttpRequest, pk: Any, uid: UUID) -> HttpResponse:
        line = self._line()
        form = JudgeForm(request.POST, line=line)
        if form.is_valid():
            try:
                judge_line(actor=self.actor, filing=self.filing, line_uid=uid, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("verdict", list(refusal.reasons))
            else:
                messages.success(request, f"{line.place}の審査の結果を保存しました。")
                return redirect("settlements:lines", pk)
        return self._page(request, line, form, status=422)

    def _line(self) -> ExaminedLine:
        lines = examined_lines(self.filing, self.version())
        found = next((one for one in lines if one.uid == self.kwargs["uid"]), None)
        if found is None:
            raise Http404
        return found

    def _page(
        self, request: HttpRequest, line: ExaminedLine, form: JudgeForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "line": line,
            "filing": self.filing,
            "beside": beside_lines(self.subject, self.actor).get(line.uid),
            "files": Document.objects.for_user(self.actor)
            .of_subject(self.filing)
            .filter(kind__startswith="attachment:", settlement_lines=None)
            .order_by("created_at"),
        }
        return render(request, "settlements/judge.html", context, status=status)


class SettlementTransitionView(TransitionView):
    model = Settlement

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("award__grantee", "award__programme")
