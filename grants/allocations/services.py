"""Asking what each body will need, and keeping what it answers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from grants.activities.api import ACTIVITY_TYPES
from grants.awards.api import already_decided
from grants.filings.api import Filing, SealedVersion
from grants.programmes.api import Programme
from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused, Stale
from portal.outbox.api import enqueue

from .models import PriorStart, Statement, StatementRow, Survey
from .statements import NeedsRow, StatementSubject, sealed_rows
from .states import SurveyKind


def open_survey(
    *,
    actor: Actor,
    programme: Programme,
    kind: str,
    round_number: int,
    due_on: date,
    questions: str,
) -> Survey:
    """Asks every body. Raises Refused where this was asked already in this round."""
    try:
        with transaction.atomic():
            survey = Survey.objects.create(
                programme=programme,
                kind=SurveyKind(kind),
                round_number=round_number,
                due_on=due_on,
                questions=questions,
                opened_by_id=actor.user_id,
            )
            record(
                actor,
                "needs.open",
                f"{survey.get_kind_display()}を始める",
                survey,
                case_id=survey.pk,
                data={"said": {"期限": day_with_weekday(due_on)}},
            )
            key = f"needs.opened:{survey.pk}"
            enqueue("notify", key, {"message": "needs.opened", "pk": str(survey.pk), "key": key})
    except IntegrityError:
        label = SurveyKind(kind).label
        raise Refused([f"{label}は、この回ではもう始めています。"]) from None
    return survey


def start_statement(*, actor: Actor, survey: Survey) -> Filing:
    """One answer of a body to one survey; a second click finds the first.

    A 協議 starts with what was filed in the 所要額調査 of the same round. Raises Refused for a body
    that is not eligible in that year (要領2(1)).
    """
    grantee = Organisation.objects.get(pk=actor.organisation_id)
    terms = survey.programme.terms()
    if grantee.kind not in terms.eligible_bodies:
        raise Refused(
            [f"{grantee.name}は、{terms.year_label}の実施主体に当たりません（要領2(1)）。"]
        )
    existing = _standing(survey, grantee)
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            filing = Filing.objects.create(
                kind=survey.kind,
                programme_id=survey.programme_id,
                grantee=grantee,
                round_number=survey.round_number,
            )
            _write_first(filing, survey)
            record(
                actor,
                f"filings.{survey.kind}.start",
                f"{survey.get_kind_display()}の回答を始める",
                filing,
                case_id=filing.case_id,
                visibility=Visibility.ORGANISATION,
            )
    except IntegrityError:
        found = _standing(survey, grantee)
        if found is None:
            raise
        return found
    return filing


def _standing(survey: Survey, grantee: Organisation) -> Filing | None:
    found: Filing | None = (
        Filing.objects.of_kind(survey.kind)
        .filter(
            programme_id=survey.programme_id,
            grantee=grantee,
            round_number=survey.round_number,
        )
        .exclude(state="withdrawn")
        .first()
    )
    return found


def _write_first(filing: Filing, survey: Survey) -> None:
    """Every activity type once; with the sealed amounts of the 所要額調査 for a 協議."""
    earlier = _earlier_version(filing) if survey.kind == SurveyKind.CONSULTATION else None
    statement = Statement.objects.create(
        filing=filing, survey=survey, carried_from=earlier.filing if earlier else None
    )
    known: dict[str, NeedsRow] = {}
    if earlier is not None:
        known = {row.type_code: row for row in sealed_rows(earlier.content)}
        contact = {f["key"]: f["value"] for f in earlier.content["sections"][1]["fields"]}
        statement.contact_name = contact["contact_name"]
        statement.contact_phone = contact["contact_phone"]
        statement.save(update_fields=["contact_name", "contact_phone"])
    empty = NeedsRow(uuid.uuid4(), "", 0, 0, 0, 0, 0)
    rows = [
        known.get(t.code) or replace(empty, uid=uuid.uuid4(), type_code=t.code)
        for t in ACTIVITY_TYPES
    ]
    StatementRow.objects.bulk_create(
        StatementRow(
            statement=statement,
            uid=row.uid,
            type_code=row.type_code,
            count=row.count,
            total=row.total,
            income=row.income,
            eligible=row.eligible,
            wish=row.wish,
        )
        for row in rows
    )


def _earlier_version(filing: Filing) -> SealedVersion | None:
    earlier = (
        Filing.objects.of_kind(SurveyKind.NEEDS)
        .filed()
        .filter(
            programme_id=filing.programme_id,
            grantee_id=filing.grantee_id,
            round_number=filing.round_number,
        )
    )
    found: SealedVersion | None = (
        SealedVersion.objects.latest_of(earlier).select_related("filing").first()
    )
    return found


def save_statement(
    *,
    actor: Actor,
    filing: Filing,
    seen_version: int,
    rows: Iterable[NeedsRow],
    **texts: str,
) -> Statement:
    """What was typed, as a whole. Raises Stale when somebody saved first, Refused once it was filed.

    Writes no Event: it is a draft.
    """
    with transaction.atomic():
        locked = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
        if not locked.is_with_writers:
            raise Refused(
                ["いまは変更できません。提出したもの、決裁を待つものは、戻ってから直します。"]
            )
        statement: Statement = Statement.objects.select_for_update().get(filing=locked)
        if statement.version != seen_version:
            raise Stale(seen_version, statement.version)
        for name in ("contact_name", "contact_phone", "answer", "remarks"):
            setattr(statement, name, texts.get(name, ""))
        statement.version += 1
        statement.save()
        statement.editors.add(actor.user_id)  # type: ignore[arg-type]  # a person types
        stored = {row.type_code: row for row in statement.rows.all()}
        for row in rows:
            mine = stored[row.type_code]
            mine.count, mine.total, mine.income = row.count, row.total, row.income
            mine.eligible, mine.wish = row.eligible, row.wish
        StatementRow.objects.bulk_update(
            stored.values(), ["count", "total", "income", "eligible", "wish"]
        )
    return statement


def read_subject(statement: Statement) -> StatementSubject:
    """A fixed number of queries."""
    filing = statement.filing
    order = {one.code: n for n, one in enumerate(ACTIVITY_TYPES)}
    rows = sorted(statement.rows.all(), key=lambda row: order[row.type_code])
    return StatementSubject(
        rows=tuple(
            NeedsRow(r.uid, r.type_code, r.count, r.total, r.income, r.eligible, r.wish)
            for r in rows
        ),
        contact_name=statement.contact_name,
        questions=statement.survey.questions,
        answer=statement.answer,
        terms=filing.programme.terms(),
        already=already_decided(filing),
    )


def file_prior_start(
    *, actor: Actor, programme: Programme, starts_on: date, reason: str
) -> PriorStart:
    """事前着手届. Raises Refused where the programme does not take it, and for a day that is past."""
    reasons = []
    if programme.terms().first_eligible_day != "prior":
        reasons.append(f"{programme.year_label}は、事前着手届を受け付けていません。")
    if starts_on < timezone.localdate():
        reasons.append("着手する日は、今日以後の日付にしてください。")
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        made = PriorStart.objects.create(
            programme=programme,
            grantee_id=actor.organisation_id,
            starts_on=starts_on,
            reason=reason,
            filed_by_id=actor.user_id,
            filed_by_name=actor.name,
        )
        record(
            actor,
            "allocations.prior_start",
            "事前着手を届け出る",
            made,
            article="適正化法26条の3",
            case_id=made.pk,
            data={"said": {"着手する日": day_with_weekday(starts_on), "理由": reason}},
        )
    return made
