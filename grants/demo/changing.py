"""After the decision: 流用, a change that was approved, and others on their way. This year's awards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.changes.api import (
    ChangeRequest,
    Discontinuance,
    Due,
    Incident,
    IncidentKind,
    ProgressReport,
    Stop,
    call_for_progress,
    reallocate,
    save_progress,
    save_request,
    save_statement,
    start_change,
    start_progress,
    start_statement,
)
from grants.filings.api import Filing
from grants.plans.api import BudgetLine, save_section
from grants.programmes.api import Programme
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number

from . import cases
from .people import Cast


@dataclass(frozen=True, slots=True)
class _Story:
    """`share` per cent of the largest line goes to another 節."""

    share: int
    reason: str
    effect: str
    stage: str


_STORIES = {
    "31": _Story(
        30,
        "居場所の運営を見直し、県の職員が巡回して支えることにしたため。委託の仕様を改め、委託料を減らす。",
        "居場所の数と開催の回数は変わらない。委託先とは、変更契約の協議を終えている。",
        "decided",
    ),
    "07": _Story(
        40,
        "会計年度任用職員の任用を年度の途中からとし、相談窓口を案内する印刷物を増やすため。",
        "配布する部数は、計画より多くなる。委託先はない。",
        "reviewed",
    ),
    "13": _Story(
        35,
        "人件費の執行の見込みが減り、その額を研修の教材と会場に充てるため。",
        "",
        "submitted",
    ),
    "25": _Story(25, "人件費の執行の見込みが減るため。", "", "draft"),
}


def load_changes(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], programme: Programme
) -> None:
    awards = {
        award.grantee.prefecture_id: award
        for award in Award.objects.in_force()
        .filter(programme=programme)
        .select_related("programme", "grantee", "decision")
        .order_by("grantee__prefecture_id")
    }
    for n, (code, award) in enumerate(awards.items()):
        story = _STORIES.get(code)
        if story is None or story.stage == "decided":
            _move(cast, award)
        if code == "37":
            _incident(cast, office, award)
        if code == "43":
            _stop(cast, award)
        if story is not None:
            _change(cast, office, award, story, 900 + n)
    _call(cast, office, programme, list(awards.values()))


def _incident(cast: Cast, office: Organisation, award: Award) -> None:
    """An accident, told the day after, and the office's instruction."""
    filing = _state(
        cast,
        award,
        Incident,
        {
            "what": IncidentKind.ACCIDENT,
            "happened_on": timezone.localdate() - timedelta(days=1),
            "cause": "豪雨で公民館が浸水し、予定していた会場が使えなくなった。",
            "progress": "計画した回数の4割を終えた。",
            "measures": "近くの学校の体育館を借りる協議を始めた。月内に再開できる見込み。",
            "spent": 420_000,
        },
    )
    said = (
        "会場の変更は、軽微な変更として行ってください。再開した日を、次の報告で知らせてください。"
    )
    cases.step(filing, "instruct", cast.actor(office, Role.REVIEWER), instruction=said)


def _call(cast: Cast, office: Organisation, programme: Programme, awards: list[Award]) -> None:
    """The office asks every body for the state of today; half of them have told it."""
    today = timezone.localdate()
    due_on = today + timedelta(days=20)
    call = call_for_progress(
        actor=cast.actor(office, Role.REVIEWER),
        programme=programme,
        grantee=None,
        as_of=today,
        due_on=due_on,
        reason="年度後半の執行の見込みを確かめ、追加の配分を検討するため。",
    )
    for n, award in enumerate(awards):
        if n % 2 == 0 and not award.changes.on_their_way().exists():
            _tell(cast, award, Due(today, due_on, call.reason), is_late=n == 0)


def _tell(cast: Cast, award: Award, due: Due, *, is_late: bool) -> None:
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    filing = start_progress(actor=drafter, award=award, due=due)
    report = ProgressReport.objects.get(filing=filing)
    rows = {
        row.uid: {
            "direct": int(row.budget) * 35 // 100 // 1000 * 1000,
            "expected": int(row.budget) * 60 // 100 // 1000 * 1000,
            "percent": 25 if is_late and n == 1 else 55,
            "is_late": is_late and n == 1,
            "reason": "講師の日程が合わず、2回を1月に移した。年度内に終える。"
            if is_late and n == 1
            else "",
        }
        for n, row in enumerate(report.rows.all())
    }
    summary = "おおむね計画のとおり進んでいる。参加した人の数は、前年度の同じ時期を上回る。"
    save_progress(
        actor=drafter, report=report, seen_version=report.version, summary=summary, rows=rows
    )
    cases.submit(cast, filing)


def _stop(cast: Cast, award: Award) -> None:
    """A 廃止 that waits for its review."""
    _state(
        cast,
        award,
        Discontinuance,
        {
            "what": Stop.END,
            "takes_effect_on": timezone.localdate() + timedelta(days=30),
            "reason": "事業を担う部署を年度の途中で再編し、一般財源による別の事業に引き継ぐため。",
            "spent": 640_000,
            "expected": 35_000,
        },
    )


def _state(cast: Cast, award: Award, model: Any, values: dict[str, Any]) -> Filing:
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    label = model._meta.verbose_name
    filing = start_statement(actor=drafter, award=award, model=model, label=label)
    statement = model.objects.get(filing=filing)
    save_statement(
        actor=drafter, statement=statement, seen_version=statement.version, values=values
    )
    return cases.submit(cast, filing)


def _lines(award: Award) -> tuple[BudgetLine, BudgetLine]:
    """The largest eligible line, and the largest of another 節."""
    found = list(
        award.revision.lines.filter(is_eligible=True, amount__gt=0).order_by("-amount", "order")
    )
    first = found[0]
    return first, next(one for one in found if one.category_code != first.category_code)


def _move(cast: Cast, award: Award) -> None:
    """A twentieth of the smaller of two lines: within 軽微な変更."""
    first, other = _lines(award)
    amount = min(int(first.amount or 0), int(other.amount or 0)) // 20 // 1000 * 1000
    reallocate(
        actor=cast.actor(award.grantee, Role.DRAFTER),
        award=award,
        source=first.uid,
        target=other.uid,
        amount=max(1000, amount),
        moved_on=timezone.localdate(),
        reason="見積りとの差を、不足する経費に充てるため。財務規則の手続を済ませた。",
    )


def _change(cast: Cast, office: Organisation, award: Award, story: _Story, number: int) -> None:
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    filing = start_change(actor=drafter, award=award)
    _shift(drafter, filing, award, story.share)
    change = ChangeRequest.objects.get(filing=filing)
    save_request(
        actor=drafter,
        change=change,
        seen_version=change.version,
        reason=story.reason,
        effect=story.effect,
        amount=int(award.amount),
    )
    if story.stage == "draft":
        return
    filing = cases.submit(cast, filing)
    if story.stage == "submitted":
        return
    filing = cases.begin_review(cast, office, filing)
    cases.see_everything(cast, office, filing)
    reviewer = cast.actor(office, Role.REVIEWER)
    filing = cases.step(
        filing, "finish_review", reviewer, opinion="変更の理由は妥当。目的の範囲内。"
    )
    if story.stage == "reviewed":
        return
    today = timezone.localdate()
    decided: dict[str, Any] = {
        "amount": int(award.amount),
        "modification_reason": "",
        "document_number": read_document_number(f"府孤推第{number}号").value,
        "decided_on": today,
        "issued_on": today,
        "conditions": [],
        "confirmed": True,
    }
    cases.step(filing, "approve_change", cast.actor(office, Role.DECIDER), **decided)


def _shift(drafter: Actor, filing: Filing, award: Award, share: int) -> None:
    first, other = _lines(award)
    rows = {one.uid: one for one in BudgetLine.objects.filter(revision_id=filing.revision_id)}
    moved = int(first.amount or 0) * share // 100 // 1000 * 1000
    for line, more in ((rows[first.uid], -moved), (rows[other.uid], moved)):
        _set(drafter, filing, line, int(line.amount or 0) + more)


def _set(drafter: Actor, filing: Filing, line: BudgetLine, amount: int) -> None:
    line.quantity, line.unit, line.unit_price, line.amount = Decimal(1), "式", amount, amount
    line.basis = "変更後の見積りによる"
    section = f"activity:{line.activity_uid}" if line.activity_uid else "platform"
    known = filing.plan_revision.sections.filter(key=section).first()
    save_section(
        actor=drafter,
        revision=filing.plan_revision,
        key=section,
        seen_version=known.version if known else 0,
        store=lambda _: line.save(),
        raw={},
        problems={},
        is_checked=True,
    )
