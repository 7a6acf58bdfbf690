"""遂行状況報告: which days are to be reported on, and the rows of a report (適正化法12条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from grants.awards.api import Award, lock_award
from grants.contractors.api import money_by_line
from grants.filings.api import Filing, FilingState
from grants.programmes.api import Terms
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.dates import FiscalYear, day_with_weekday
from portal.core.problems import Refused, Stale
from portal.outbox.api import enqueue

from .models import ProgressCall, ProgressReport, ProgressRow
from .moves import plan_in_force, standing_of
from .rules import progress_days
from .stops import against_changing


@dataclass(frozen=True, slots=True)
class Due:
    """One day to report on; `reason` is that of a request, empty for the programme's own days."""

    as_of: date
    due_on: date
    reason: str


def dues_of(award: Award, terms: Terms, calls: Iterable[ProgressCall]) -> list[Due]:
    """The programme's days after the decision, and what was asked for beside them; oldest first.

    `calls` are those of the year to every body or to this one.
    """
    year = FiscalYear(terms.fiscal_year)
    found = {
        day: Due(day, day + timedelta(days=terms.progress_due_days), "")
        for day in progress_days(terms, year)
        if day >= award.decision.decided_on
    }
    for call in calls:
        if call.grantee_id in (None, award.grantee_id):
            found[call.as_of] = Due(call.as_of, call.due_on, call.reason)
    return [found[day] for day in sorted(found)]


def start_progress(*, actor: Actor, award: Award, due: Due) -> Filing:
    """The one report of an award as of a day; a second click finds the first, unless it was withdrawn.

    Raises Refused before the day, and for an award that is not in force or was reported on whole.
    """
    with transaction.atomic():
        locked = lock_award(award)
        existing = (
            ProgressReport.objects.select_related("filing")
            .filter(award=locked, as_of=due.as_of)
            .exclude(filing__state=FilingState.WITHDRAWN)
            .first()
        )
        if existing is not None:
            found: Filing = existing.filing
            return found
        reasons = against_changing(locked)
        if reasons:
            raise Refused(reasons)
        filing = Filing.objects.create(
            kind="progress", programme_id=locked.programme_id, grantee_id=locked.grantee_id
        )
        report = ProgressReport.objects.create(
            filing=filing, award=locked, as_of=due.as_of, due_on=due.due_on
        )
        ProgressRow.objects.bulk_create(_rows(report))
        record(
            actor,
            "filings.progress.start",
            "遂行状況報告を書き始める",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return filing


def _rows(report: ProgressReport) -> list[ProgressRow]:
    plan, paid = plan_in_force(report.award), paid_by_activity(report)
    moved = standing_of(report.award).by_line
    parts: list[tuple[UUID | None, str, Any]] = [
        (None, "PF 地方版官民連携プラットフォーム", plan.platform.lines)
    ]
    parts += [(a.uid, f"{a.title} {a.name}".strip(), a.lines) for a in plan.activities]
    return [
        ProgressRow(
            report=report,
            activity_uid=uid,
            order=order,
            title=title[:200],
            budget=sum((line.amount or 0) + moved[line.uid] for line in lines),
            contracted=paid[uid],
        )
        for order, (uid, title, lines) in enumerate(parts)
    ]


def paid_by_activity(report: ProgressReport) -> Counter[UUID | None]:
    """Yen that the contracts' own records say was paid by the day, by 取組."""
    award = report.award
    money = money_by_line(
        grantee_id=award.grantee_id,
        fiscal_year=award.programme.fiscal_year,
        paid_until=report.as_of,
    )
    found: Counter[UUID | None] = Counter()
    for line in plan_in_force(award).lines:
        if line.uid in money:
            found[line.activity_uid] += money[line.uid].paid
    return found


def draw_again(*, report: ProgressReport) -> int:
    """Brings what contracts were paid up to their records while the report is with its writers; how
    many rows changed."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not filing.is_with_writers:
            return 0
        paid = paid_by_activity(report)
        changed = [row for row in report.rows.all() if row.contracted != paid[row.activity_uid]]
        for row in changed:
            row.contracted = paid[row.activity_uid]
        ProgressRow.objects.bulk_update(changed, ["contracted"])
    return len(changed)


_TYPED = ("direct", "expected", "percent", "is_late", "reason")


def save_progress(
    *,
    actor: Actor,
    report: ProgressReport,
    seen_version: int,
    summary: str,
    rows: Mapping[UUID, Mapping[str, Any]],
) -> ProgressReport:
    """No Event: it is a draft. Raises Stale when somebody saved it first, Refused once it is out of
    the writers' hands."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not filing.is_with_writers:
            raise Refused(["いまは変更できません。戻ってから直します。"])
        locked: ProgressReport = ProgressReport.objects.select_for_update(of=("self",)).get(
            pk=report.pk
        )
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        locked.summary = summary
        locked.version += 1
        locked.save(update_fields=["summary", "version"])
        stored = list(locked.rows.filter(uid__in=rows))
        for row in stored:
            for name in _TYPED:
                setattr(row, name, rows[row.uid][name])
        ProgressRow.objects.bulk_update(stored, _TYPED)
        locked.editors.add(actor.user_id)  # type: ignore[arg-type]  # a person types
    return locked


def call_for_progress(
    *, actor: Actor, programme: Any, grantee: Any, as_of: date, due_on: date, reason: str
) -> ProgressCall:
    """On request (適正化法12条): `grantee` is None for every body of the year.

    Raises Refused for days out of order.
    """
    if due_on <= as_of:
        raise Refused(["提出の期限は、基準日より後の日付にしてください。"])
    if as_of.year not in (programme.fiscal_year, programme.fiscal_year + 1):
        raise Refused(["基準日は、その年度の日付にしてください。"])
    with transaction.atomic():
        made: ProgressCall = ProgressCall.objects.create(
            programme=programme,
            grantee=grantee,
            as_of=as_of,
            due_on=due_on,
            reason=reason,
            asked_by_id=actor.user_id,
            asked_by_name=actor.name,
        )
        key = f"changes.called:{made.pk}"
        enqueue("notify", key, {"message": "changes.called", "pk": str(made.pk), "key": key})
        record(
            actor,
            "changes.call",
            "遂行状況の報告を求める",
            made,
            article="適正化法12条",
            data={
                "said": {
                    "対象": grantee.name if grantee else "交付決定を受けたすべての団体",
                    "基準日": day_with_weekday(as_of),
                    "期限": day_with_weekday(due_on),
                    "理由": reason,
                }
            },
        )
    return made
