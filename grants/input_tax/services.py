"""Beginning a report, keeping what was typed, and confirming its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from grants.awards.api import Award, lock_award
from grants.filings.api import Filing
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale

from .drawing import costs_of
from .duties import Duty, duty_of
from .models import InputTaxReport, RecipientTax
from .states import Method


def start_report(*, actor: Actor, award: Award) -> Filing:
    """One at a time, of every recipient whose figure is not in; a second click finds the first.

    Raises Refused before 額の確定, and when every figure is in.
    """
    with transaction.atomic():
        locked = lock_award(award)
        going = InputTaxReport.objects.on_their_way().filter(award=locked)
        existing = going.select_related("filing").first()
        if existing is not None:
            found: Filing = existing.filing
            return found
        duty = duty_of(actor, locked)
        if duty is None:
            raise Refused(["額が確定した後に、報告します。"])
        if not duty.is_open:
            raise Refused(["すべての団体の報告が確認されています。報告することはありません。"])
        filing = Filing.objects.create(
            kind="input_tax", programme_id=locked.programme_id, grantee_id=locked.grantee_id
        )
        report = InputTaxReport.objects.create(filing=filing, award=locked)
        RecipientTax.objects.bulk_create(_rows(report, duty))
        record(
            actor,
            "filings.input_tax.start",
            "仕入控除税額の報告を書き始める",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return filing


def _rows(report: InputTaxReport, duty: Duty) -> list[RecipientTax]:
    """The body's own account is the general one unless its writer says otherwise."""
    costs = costs_of(duty.award, duty.settlement)
    return [
        RecipientTax(
            report=report,
            order=order,
            contractor_id=one.contractor_id,
            name=one.name,
            cost=costs.get(one.contractor_id, 0),
            method=Method.GENERAL_ACCOUNT if one.contractor_id is None else "",
            has_filed=False if one.contractor_id is None else None,
        )
        for order, one in enumerate(duty.owed)
    ]


def save_report(
    *,
    actor: Actor,
    report: InputTaxReport,
    seen_version: int,
    summary: str,
    rows: Mapping[UUID, Mapping[str, Any]],
) -> InputTaxReport:
    """No Event: it is a draft. Raises Stale when somebody saved it first, Refused once it is out of
    the writers' hands."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not filing.is_with_writers:
            raise Refused(["いまは変更できません。戻ってから直します。"])
        locked: InputTaxReport = InputTaxReport.objects.select_for_update(of=("self",)).get(
            pk=report.pk
        )
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        locked.summary = summary
        locked.version += 1
        locked.save(update_fields=["summary", "version"])
        for row in locked.rows.filter(uid__in=rows):
            for name, value in rows[row.uid].items():
                setattr(row, name, value)
            row.save(update_fields=list(rows[row.uid]))
        locked.editors.add(actor.user_id)  # type: ignore[arg-type]  # a person types
    return locked


def confirm_figures(filing: Filing, content: Mapping[str, Any]) -> int:
    """Keeps what the sealed report comes to: yen that go back to the state. Call inside the
    transition's transaction."""
    returned = int(content["returned"])
    InputTaxReport.objects.filter(filing=filing).update(returned=returned)
    return returned
