"""Samples of an inspection: a visit of the award, a draw, a finding and an order, where there is an award."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing
from inspections.findings.api import Finding, write_finding
from inspections.kits.api import Kit, ask_for_kit
from inspections.orders.api import Order, write_order
from inspections.sampling.api import Design, Draw, Entry, Target, choose_target, draw_sample
from inspections.visits.api import Visit, plan_visit, save_record
from portal.access.api import Role
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

if TYPE_CHECKING:
    from tests.access.everyone import Everyone


def inspection_samples(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """All known to the body."""
    award = Award.objects.filter(decision__filing=filing).first()
    if award is None:
        return dict.fromkeys((Visit, Draw, Finding, Order, Target, Kit), uuid4())
    visit = _visit(everyone, award)
    return {
        Visit: visit.pk,
        Draw: Draw.objects.get(visit=visit).pk,
        Finding: _finding(everyone, visit).pk,
        Order: _order(everyone, award).pk,
        Kit: ask_for_kit(actor=everyone.actors[Role.AUDITOR], award=award).pk,
        Target: choose_target(
            actor=everyone.actors[Role.INSPECTOR],
            award=award,
            contract=None,
            reason="まだ検査を行っていないため。",
        ).pk,
    }


def _visit(everyone: Everyone, award: Award) -> Visit:
    inspector, today = everyone.actors[Role.INSPECTOR], timezone.localdate()
    assert inspector.user_id is not None
    values = {
        "award": award,
        "contract": None,
        "contract_article": "",
        "kind": "on_site",
        "planned_on": today,
        "place": "長野県庁",
        "scope": "支出の証拠書類",
    }
    visit = plan_visit(actor=inspector, values=values, team=[(inspector.user_id, "第214号")])
    decider = everyone.actors[Role.DECIDER]
    perform(Visit, visit.pk, "notify", decider, data=_numbered("府孤推第911号"))
    entries = [Entry("1", "会場使用料", 52_000), Entry("2", "謝金", 74_400)]
    draw_sample(
        actor=inspector,
        visit=visit,
        entries=entries,
        design=Design(1, 1, by_amount=False),
    )
    save_record(
        actor=inspector,
        visit=visit,
        seen_version=Visit.objects.get(pk=visit.pk).version,
        values={
            "held_on": today,
            "hours": "10時から12時まで",
            "cards_shown": "10時02分　見本 太郎",
            "present": "見本 太郎",
            "sampling": "",
            "debriefed_on": today,
            "summary": "確認が遅れていた。",
        },
        items=[_looked_at(one) for one in entries],
        questions=[
            {
                "asked_by": inspector.name,
                "question": "いつ確認したか。",
                "answered_by": "担当",
                "answer": "11月に確認した。",
            }
        ],
    )
    perform(Visit, visit.pk, "hold", inspector)
    perform(Visit, visit.pk, "report", decider, data=_numbered("府孤推第912号"))
    return visit


def _looked_at(entry: Entry) -> dict[str, Any]:
    papers = ("contract_paper", "acceptance_paper", "invoice_paper", "payment_paper")
    return {
        "line_key": entry.key,
        "what": entry.words,
        "amount": entry.amount,
        **dict.fromkeys(papers, "there"),
        "result": "in_order",
    }


def _finding(everyone: Everyone, visit: Visit) -> Finding:
    """Issued, and waiting for the body's comment."""
    finding = write_finding(
        actor=everyone.actors[Role.INSPECTOR],
        visit=visit,
        values={
            "code": "papers_not_kept",
            "title": "確認が遅れている",
            "text": "7月分を11月まで確認していなかった。",
            "amount": None,
            "severity": "slight",
            "clause_number": "2(2)-1",
            "article": "",
        },
    )
    due = {"comment_due_on": timezone.localdate() + timedelta(days=14)}
    perform(Finding, finding.pk, "issue", everyone.actors[Role.DECIDER], data=due)
    return finding


def _order(everyone: Everyone, award: Award) -> Order:
    """Issued, and not reported yet."""
    order = write_order(
        actor=everyone.actors[Role.INSPECTOR],
        award=award,
        values={
            "title": "毎月の確認",
            "basis": "guideline",
            "kind": "conform",
            "follows": None,
            "findings": [],
            "content": "委託先の活動実績を毎月確認すること。",
            "reason": "確認が遅れていたため。",
            "due_on": timezone.localdate() + timedelta(days=30),
        },
    )
    decider = everyone.actors[Role.DECIDER]
    perform(Order, order.pk, "issue", decider, data=_numbered("府孤推第913号"))
    return order


def _numbered(number: str) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "document_number": read_document_number(number).value,
        "decided_on": today,
        "issued_on": today,
    }
