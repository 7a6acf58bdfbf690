"""The page of each transition of an application; deciding and approving have pages of their own."""

from __future__ import annotations

from typing import Any

from grants.awards.api import Award
from grants.filings.api import (
    Filing,
    FilingState,
    changes,
    clock_of,
    latest_version,
    present,
    previous_version,
)
from grants.programmes.api import Ledger
from portal.core.money import format_yen
from portal.workflow.api import TransitionView

from .guards import missing_approvals
from .kind import payload

_TEMPLATES = {
    "decide": "decisions/decide.html",
    "decline": "decisions/decline.html",
    "submit": "applications/approve.html",
}


class FilingTransitionView(TransitionView):
    model = Filing

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return _TEMPLATES.get(self.row.name, "filings/transition.html")

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists().select_related("revision")

    def extra_context(self) -> dict[str, Any]:
        filing: Filing = self.subject
        sealed = latest_version(filing)
        context: dict[str, Any] = {"filing": filing, "sealed": sealed}
        if self.row.name == "submit":
            context |= self._approval(filing)
        elif self.row.name in ("decide", "decline") and sealed is not None:
            context |= decision_context(filing, sealed)
        return context

    def _approval(self, filing: Filing) -> dict[str, Any]:
        """What the approver reads: what changed since the last version, and the whole."""
        now = payload(filing)
        earlier = latest_version(filing)
        found = changes(earlier.content["sections"], now["sections"]) if earlier else []
        return {
            "sections": present(now["sections"], found),
            "changes": found,
            "earlier": earlier,
            "amount_rows": now["amount_rows"],
            "judgements": now["judgements"],
        }

    def success_message(self, subject: Filing) -> str:
        if subject.state == FilingState.SUBMITTED:
            return (
                f"提出しました。受付番号は{subject.receipt_number}です。\n"
                "控えのPDFを作成しています。できあがると、この画面の「書類」に並びます。"
            )
        if subject.state == FilingState.DECIDED:
            return "交付を決定しました。\n交付決定通知書を作成しています。"
        return super().success_message(subject)


def decision_context(filing: Filing, sealed: Any) -> dict[str, Any]:
    """One page's worth: figures, A–I, conditions, and what it does to the year's budget (yen)."""
    terms = filing.programme.terms()
    content = sealed.content
    amount = int(content["amounts"]["i"])
    ledger = Ledger.objects.get(programme_id=filing.programme_id)
    waiting = list(
        Filing.objects.awaiting_decision()
        .filter(programme_id=filing.programme_id)
        .exclude(pk=filing.pk)
        .values_list("requested_amount", flat=True)
    )
    last_year = (
        Award.objects.in_force()
        .filter(
            grantee_id=filing.grantee_id,
            programme__fiscal_year=filing.programme.fiscal_year - 1,
        )
        .first()
    )
    return {
        "amount": amount,
        "amount_rows": content["amount_rows"],
        "total": int(content["amounts"]["a"]),
        "last_year_amount": last_year.amount if last_year else None,
        "budget": terms.budget,
        "decided_so_far": ledger.decided,
        "decided_count": Award.objects.in_force().filter(programme_id=filing.programme_id).count(),
        "left_after": terms.budget - ledger.decided - amount,
        "bar": [(ledger.decided, "a"), (amount, "b")],
        "waiting_count": len(waiting),
        "waiting_total": format_yen(sum(filter(None, waiting))),
        "conditions": filing.programme.conditions.all(),
        "activities": [s for s in content["sections"] if s["key"].startswith("activity:")],
        "missing_approvals": missing_approvals(filing),
        "clock": clock_of(filing),
        "previous": previous_version(sealed),
    }
