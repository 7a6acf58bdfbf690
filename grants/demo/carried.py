"""Plans that came about another way: as a copy of last year's, or before the council voted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.utils import timezone

from grants.filings.api import Filing
from grants.kinds.api import start_application
from grants.plans.api import LatePaper, PlannedActivity, PlanRevision, save_section
from grants.programmes.api import Programme
from platforms.api import AgendaItem
from portal.core.actor import Actor

from .stories import PlanStory

# What a line costs beside last year, in per cent of its unit price, rounded down to ten yen: a plan
# that fits what the body was told.
_OF_LAST_YEAR = 98


def write_from_last_year(
    actor: Actor,
    programme: Programme,
    last: PlanRevision,
    story: PlanStory,
    items: list[AgendaItem],
) -> Filing:
    """Everything but 目指す姿 is looked at; prices change, funding is declared, items are cited anew."""
    filing = start_application(actor=actor, programme=programme, copy_from=last)
    revision = filing.plan_revision
    cited = {one.type_code: [items[n] for n in one.agenda] for one in story.activities}

    def look(key: str, store: Callable[[PlanRevision], None]) -> None:
        save_section(
            actor=actor,
            revision=revision,
            key=key,
            seen_version=0,
            store=store,
            raw={},
            problems={},
            is_checked=True,
        )

    look("basics", lambda r: None)
    look("platform", lambda r: _platform(r, items))
    for activity in revision.activities.all():
        chosen = cited[activity.type_code]
        look(
            f"activity:{activity.uid}",
            partial(_activity, activity=activity, chosen=chosen),
        )
    look("incomes", _incomes)
    return filing


def await_council(filing: Filing) -> None:
    """The budget is not voted on yet: its paper is marked 議決後に提出."""
    today = timezone.localdate()
    revision = filing.plan_revision
    revision.refresh_from_db()
    revision.budget_measure = "pending"
    revision.budget_vote_on = today + timedelta(days=30)
    revision.save()
    LatePaper.objects.create(revision=revision, key="budget", due_on=today + timedelta(days=40))
    filing.grantee.documents.filter(subject_id=str(filing.pk), kind="attachment:budget").delete()


def _platform(revision: PlanRevision, items: list[AgendaItem]) -> None:
    revision.platform_discussions.set(items[:1])
    _lines(revision, None)


def _activity(revision: PlanRevision, activity: PlannedActivity, chosen: list[AgendaItem]) -> None:
    activity.discussions.set(chosen)
    _lines(revision, activity.uid)


def _lines(revision: PlanRevision, uid: object) -> None:
    for line in revision.lines.filter(activity_uid=uid):
        if line.unit_price and line.quantity:
            line.unit_price = line.unit_price * _OF_LAST_YEAR // 1000 * 10 or line.unit_price
            line.amount = int(line.quantity * line.unit_price)
        line.other_funding = "none"
        line.save()


def _incomes(revision: PlanRevision) -> None:
    revision.budget_measure = "initial"
