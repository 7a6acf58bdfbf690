"""Making revisions, saving sections side by side, opening and closing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from grants.activities.api import get_activity_type
from grants.programmes.api import Programme
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.dates import FiscalYear
from portal.core.problems import Refused, Stale

from .models import (
    BudgetLine,
    Editor,
    Income,
    Plan,
    PlannedActivity,
    PlannedIndicator,
    PlanRevision,
    Section,
)


class SectionConflict(Stale):
    """Another person saved this section after it was opened; nothing was overwritten."""

    def __init__(self, section: Section, seen: int) -> None:
        super().__init__(seen, section.version)
        self.section = section


def create_plan(
    *,
    actor: Actor,
    programme: Programme,
    grantee: Organisation,
    copy_from: PlanRevision | None,
    moved: Mapping[UUID, int] | None = None,
) -> PlanRevision:
    """The next revision of the year's plan: empty, or a copy with all uids kept.

    `moved` is what `amend_plan()` is given: yen by which a 流用 changed a line of `copy_from`.
    """
    plan, _ = Plan.objects.get_or_create(programme=programme, grantee=grantee)
    last = plan.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = PlanRevision.objects.create(plan=plan, number=last + 1, based_on=copy_from)
    if copy_from is not None:
        _copy(copy_from, revision, moved or {})
    else:
        year = FiscalYear(programme.fiscal_year)
        revision.starts_on, revision.completes_on = year.start, year.end
        revision.contact_department = grantee.department
        revision.save()
    return revision


_COPIED = (
    "applicant_title applicant_name contact_department contact_name contact_phone issues vision"
    " vision_measure platform platform_name platform_form platform_existing_body platform_members"
    " platform_private_members platform_content"
).split()


def _copy(old: PlanRevision, new: PlanRevision, moved: Mapping[UUID, int]) -> None:
    year = FiscalYear(new.plan.programme.fiscal_year)
    for name in _COPIED:
        setattr(new, name, getattr(old, name))
    new.starts_on, new.completes_on = year.start, year.end
    new.save()
    for activity in old.activities.prefetch_related("indicators"):
        indicators = list(activity.indicators.all())
        activity.pk, activity.revision = None, new
        activity._state.adding = True
        activity.save()
        for indicator in indicators:
            indicator.pk, indicator.activity = None, activity
        PlannedIndicator.objects.bulk_create(indicators)
    lines = [_moved_line(line, new, moved.get(line.uid, 0)) for line in old.lines.all()]
    for line in lines:
        # A declaration of 要領4(3) is made anew each year.
        line.other_funding, line.other_funding_name = "", ""
    BudgetLine.objects.bulk_create(lines)
    incomes = list(old.incomes.all())
    for income in incomes:
        income.pk, income.revision = None, new
    Income.objects.bulk_create(incomes)
    keys = ("basics", "vision", "platform", "incomes")
    uids = new.activities.values_list("uid", flat=True)
    Section.objects.bulk_create(
        Section(revision=new, key=key, is_copied=True)
        for key in (*keys, *(f"activity:{uid}" for uid in uids))
    )


def amend_plan(
    *, actor: Actor, revision: PlanRevision, moved: Mapping[UUID, int] | None = None
) -> PlanRevision:
    """The next revision of the same plan, as the given one is: declarations and agenda items too.

    `moved` is the yen that a 流用 took from a line or gave to it, by the line's uid: such a line
    starts as one lump of what is left.
    """
    last = revision.plan.revisions.aggregate(last=Max("number"))["last"] or 0
    old = PlanRevision.objects.get(pk=revision.pk)
    new = PlanRevision.objects.get(pk=revision.pk)
    new.pk, new.number, new.based_on, new.is_open = uuid.uuid4(), last + 1, old, True
    new._state.adding = True
    new.save()
    new.platform_discussions.set(old.platform_discussions.all())
    for activity in old.activities.prefetch_related("indicators", "discussions"):
        indicators, discussions = list(activity.indicators.all()), list(activity.discussions.all())
        activity.pk, activity.revision = None, new
        activity._state.adding = True
        activity.save()
        activity.discussions.add(*discussions)
        for indicator in indicators:
            indicator.pk, indicator.activity = None, activity
        PlannedIndicator.objects.bulk_create(indicators)
    BudgetLine.objects.bulk_create(
        _moved_line(line, new, (moved or {}).get(line.uid, 0)) for line in old.lines.all()
    )
    incomes = list(old.incomes.all())
    for income in incomes:
        income.pk, income.revision = None, new
    Income.objects.bulk_create(incomes)
    return new


def _moved_line(line: BudgetLine, revision: PlanRevision, moved: int) -> BudgetLine:
    line.pk, line.revision = None, revision
    if moved:
        line.amount = (line.amount or 0) + moved
        line.quantity, line.unit, line.unit_price = Decimal(1), "式", line.amount
        line.basis = f"{line.basis}（流用後の額）"[:_BASIS_LENGTH]
    return line


_BASIS_LENGTH = BudgetLine._meta.get_field("basis").max_length


def close_revision(revision: PlanRevision) -> None:
    PlanRevision.objects.filter(pk=revision.pk).update(is_open=False)
    revision.is_open = False


def reopen_revision(revision: PlanRevision) -> None:
    """A return unlocks the whole revision; changes outside the points are marked for the reviewer."""
    PlanRevision.objects.filter(pk=revision.pk).update(is_open=True)
    revision.is_open = True


def cited_agenda_items(items: Collection[UUID]) -> set[UUID]:
    """Those on which a plan of any year is grounded (要領3(2), 4(2)). One query."""
    of_activities = PlannedActivity.discussions.through.objects.filter(agendaitem_id__in=items)
    of_platforms = PlanRevision.platform_discussions.through.objects.filter(agendaitem_id__in=items)
    found = of_activities.values_list("agendaitem_id", flat=True).union(
        of_platforms.values_list("agendaitem_id", flat=True)
    )
    return set(found)


def editors_of(revision: PlanRevision) -> set[UUID]:
    """Every person who ever changed it."""
    return set(revision.editors.values_list("user_id", flat=True))


def save_section(
    *,
    actor: Actor,
    revision: PlanRevision,
    key: str,
    seen_version: int,
    store: Callable[[PlanRevision], None],
    raw: dict[str, Any],
    problems: dict[str, str],
    is_checked: bool | None = None,
    unused: Mapping[str, str] | None = None,
) -> Section:
    """Writes one section and counts its version up. No Event: it is a draft.

    `raw` is what was typed when something in it could not be read, otherwise empty; `unused` what
    came under names that the form no longer has. `is_checked` is None where a script saves while
    its writer goes on: such a save has looked at nothing. Raises Refused for a closed revision and
    SectionConflict when another person saved it meanwhile.
    """
    with transaction.atomic():
        locked = PlanRevision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        if not locked.is_open:
            raise Refused(["この計画は、決裁か審査の途中のため変更できません。"])
        section, _ = Section.objects.select_for_update().get_or_create(revision=locked, key=key)
        if section.version != seen_version and section.saved_by_id != actor.user_id:
            raise SectionConflict(section, seen_version)
        store(locked)
        locked.save()
        section.version += 1
        if is_checked is not None:
            section.is_checked, section.is_copied = is_checked, False
            section.is_unused_seen = True
        _keep_unused(section, unused or {})
        section.raw, section.problems = raw, problems
        section.saved_by_id, section.saved_at = actor.user_id, timezone.now()
        section.save()
        remember_editor(locked, actor)
    return section


def _keep_unused(section: Section, unused: Mapping[str, str]) -> None:
    """What stood in the old raw text was shown with it; what came with this save is still to be."""
    if any(name not in section.raw and name not in section.unused for name in unused):
        section.is_unused_seen = False
    section.unused = {**section.unused, **unused}


def remember_editor(revision: PlanRevision, actor: Actor) -> None:
    Editor.objects.bulk_create(
        [Editor(revision=revision, user_id=actor.user_id)], ignore_conflicts=True
    )


def add_activity(*, actor: Actor, revision: PlanRevision, type_code: str) -> PlannedActivity:
    """With the indicators that its type suggests. Raises Refused for a closed revision."""
    with transaction.atomic():
        locked = PlanRevision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        if not locked.is_open:
            raise Refused(["この計画は、決裁か審査の途中のため変更できません。"])
        kind = get_activity_type(type_code)
        last = locked.activities.filter(type_code=type_code).count()
        activity = PlannedActivity.objects.create(
            revision=locked, uid=uuid.uuid4(), type_code=type_code, order=last
        )
        PlannedIndicator.objects.bulk_create(
            PlannedIndicator(
                activity=activity, order=n, code=one.code, label=one.label, unit=one.unit
            )
            for n, one in enumerate(kind.indicators)
        )
        remember_editor(locked, actor)
    return activity


def remove_activity(*, actor: Actor, revision: PlanRevision, uid: UUID) -> None:
    """With its indicators, budget lines and section. Raises Refused for a closed revision."""
    with transaction.atomic():
        locked = PlanRevision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        if not locked.is_open:
            raise Refused(["この計画は、決裁か審査の途中のため変更できません。"])
        locked.activities.filter(uid=uid).delete()
        locked.lines.filter(activity_uid=uid).delete()
        locked.sections.filter(key=f"activity:{uid}").delete()
        remember_editor(locked, actor)
