"""Planning a visit and writing its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from grants.desk.api import Conflict
from portal.audit.api import INTERNAL, Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, Limits, attach

from .effects import RECORD_FILE
from .models import Asked, Inspector, Item, Visit
from .policy import PLANNED, RECORDABLE, of_team
from .slots import drawing_of

ARTICLE = "適正化法23条1項、要領5(1)"
Team = Sequence[tuple[UUID, str]]
_PLAN = ("award", "contract", "contract_article", "kind", "planned_on", "place", "scope")
_OUTSIDE = ("award", "authority", "kind", "held_on", "place", "scope", "summary")
_RECORD = ("held_on", "hours", "cards_shown", "present", "sampling", "debriefed_on", "summary")


def plan_visit(*, actor: Actor, values: Mapping[str, Any], team: Team) -> Visit:
    """Known to the office alone. `team`: the inspectors' user ids with their cards' numbers.

    Raises Refused for a team without the writer, or with somebody who declared a conflict.
    """
    with transaction.atomic():
        _demand_team(actor, values["award"].grantee_id, team)
        visit = Visit.objects.create(
            written_by_id=actor.user_id, **{name: values[name] for name in _PLAN}
        )
        _set_team(visit, team)
        _record(actor, "visits.plan", "立入検査を計画する", visit)
    return visit


def edit_visit(
    *, actor: Actor, visit: Visit, seen_version: int, values: Mapping[str, Any], team: Team
) -> None:
    """Raises Stale when somebody saved first, Refused once it was noticed or held."""
    with transaction.atomic():
        locked = _locked(visit, actor, PLANNED, seen_version)
        _demand_team(actor, values["award"].grantee_id, team)
        _keep(locked, values, _PLAN)
        locked.team.all().delete()
        _set_team(locked, team)
        _record(actor, "visits.edit", "検査の計画を直す", locked)


def enter_outside(
    *,
    actor: Actor,
    visit: Visit | None,
    seen_version: int,
    values: Mapping[str, Any],
    upload: UploadedFile | None = None,
) -> Visit:
    """What 会計検査院 or 監査委員 inspected, new or corrected; known to the office alone so far.

    Raises Refused for a declared conflict or once the body knows of it, Stale when somebody saved
    first, and ValidationError for a file that cannot be taken.
    """
    given = {**{name: values[name] for name in _OUTSIDE}, "planned_on": values["held_on"]}
    with transaction.atomic():
        assert actor.user_id is not None  # a person of the office enters it
        team = [(actor.user_id, "")]
        _demand_team(actor, values["award"].grantee_id, team)
        if visit is None:
            found = Visit.objects.create(written_by_id=actor.user_id, **given)
            _set_team(found, team)
        else:
            found = _locked(visit, actor, PLANNED, seen_version)
            _keep(found, given, given)
        _attach_record(actor, found, upload)
        _record(actor, "visits.draft", "他の機関の検査の下書きを保存する", found, article=INTERNAL)
    return found


def save_record(
    *,
    actor: Actor,
    visit: Visit,
    seen_version: int,
    values: Mapping[str, Any],
    items: Iterable[Mapping[str, Any]],
    questions: Iterable[Mapping[str, Any]],
    upload: UploadedFile | None = None,
) -> None:
    """What was written so far of the day; the body does not see it before the results are issued.

    Raises Stale when somebody saved first, Refused for a stranger to the team or once the results
    were issued, and ValidationError for a file that cannot be taken.
    """
    with transaction.atomic():
        locked = _locked(visit, actor, RECORDABLE, seen_version)
        locked.items.all().delete()
        locked.questions.all().delete()
        _keep_items(locked, items)
        Asked.objects.bulk_create(
            Asked(visit=locked, number=number, **row)
            for number, row in enumerate(questions, start=1)
        )
        _attach_record(actor, locked, upload)
        _keep(locked, values, _RECORD)
        said = {"添付": upload.name} if upload is not None else {}
        _record(actor, "visits.record", "検査の記録を書く", locked, said)


def _keep_items(visit: Visit, items: Iterable[Mapping[str, Any]]) -> None:
    drawing = drawing_of(visit)
    drawn = {line.key for line in drawing.lines} if drawing is not None else set()
    for number, row in enumerate(items, start=1):
        key = row.get("line_key", "")
        # Each line once; a number that was not drawn names none.
        known = key if key in drawn else ""
        drawn.discard(key)
        Item.objects.create(visit=visit, number=number, **{**row, "line_key": known})


def _attach_record(actor: Actor, visit: Visit, upload: UploadedFile | None) -> None:
    if upload is None:
        return
    paper = attach(
        actor=actor,
        upload=upload,
        kind=RECORD_FILE,
        subject=visit,
        limits=Limits(),
        case_id=visit.pk,
        keeps_origin=False,
    )
    Document.objects.filter(pk=paper.pk).update(is_filed=True)


def _locked(visit: Visit, actor: Actor, states: frozenset[str], seen_version: int) -> Visit:
    locked: Visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if locked.state not in states:
        raise Refused(["いまの状態では変えられません。"])
    reasons = list(of_team(locked, actor))
    if reasons:
        raise Refused(reasons)
    if locked.version != seen_version:
        raise Stale(seen_version, locked.version)
    return locked


def _keep(visit: Visit, values: Mapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        setattr(visit, name, values[name])
    visit.version += 1
    visit.save()


def _demand_team(actor: Actor, grantee_id: UUID, team: Team) -> None:
    members = [user for user, _ in team]
    if actor.user_id not in members:
        raise Refused(["検査職員に、計画する本人を含めてください。"])
    declared = Conflict.objects.standing().filter(user_id__in=members, grantee_id=grantee_id)
    names = [one.user.name for one in declared.select_related("user")]
    if names:
        raise Refused([f"{'、'.join(names)}さんは、この団体との利害関係を申し出ています。"])


def _set_team(visit: Visit, team: Team) -> None:
    Inspector.objects.bulk_create(
        Inspector(visit=visit, user_id=user, card_number=card) for user, card in team
    )


def _record(
    actor: Actor,
    verb: str,
    label: str,
    visit: Visit,
    said: Mapping[str, Any] | None = None,
    *,
    article: str = ARTICLE,
) -> None:
    record(
        actor,
        verb,
        label,
        visit,
        article=article,
        data={"said": dict(said or {})},
        visibility=Visibility.ORGANISATION,
    )
