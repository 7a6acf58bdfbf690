"""Beginning a report, keeping what was typed, and confirming its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from grants.awards.api import Award, lock_award
from grants.conditions.api import (
    begin_report,
    correction_on_its_way,
    on_its_way,
    take_in_hand,
    tell_beginning,
)
from grants.filings.api import Filing
from portal.core.actor import Actor
from portal.core.problems import Refused

from .drawing import costs_of
from .duties import Duty, duty_of
from .models import InputTaxReport, Purchase, RecipientTax
from .rules import PERCENTS, Bought
from .states import Method, Use


def start_report(*, actor: Actor, award: Award) -> Filing:
    """One at a time, of every recipient whose figure is not in; a second click finds the first.

    Raises Refused before 額の確定, and when every figure is in.
    """
    with transaction.atomic():
        locked = lock_award(award)
        going = on_its_way(InputTaxReport, locked)
        if going is not None:
            return going.filing
        duty = duty_of(actor, locked)
        if duty is None:
            raise Refused(["額が確定した後に、報告します。"])
        if not duty.is_open:
            raise Refused(["すべての団体の報告が確認されています。報告することはありません。"])
        report = begin_report(model=InputTaxReport, award=locked)
        RecipientTax.objects.bulk_create(_rows(report, duty))
        tell_beginning(actor, report)
    return report.filing


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


# What a recipient's return says; a corrected report begins with it.
_TYPED = (
    *("contractor_id", "name", "order", "cost", "has_filed", "tax_period", "method"),
    *("taxed_sales", "all_sales", "specified_income", "untaxed", "note"),
    *(f"{use}_{percent}" for percent in PERCENTS for use in Use.values),
)


def start_correction(*, actor: Actor, report: InputTaxReport) -> Filing:
    """A recipient's return was amended or reassessed: another report, on the confirmed one.

    A second click finds the first. Raises Refused for a report that is not confirmed, or that was
    corrected before: then the newer one is corrected.
    """
    with transaction.atomic():
        locked = lock_award(report.award)
        going = correction_on_its_way(report, locked)
        if going is not None:
            return going.filing
        made = begin_report(model=InputTaxReport, award=locked, corrects=report)
        old = list(report.rows.reported())
        rows = RecipientTax.objects.bulk_create(
            RecipientTax(
                report=made,
                is_reported=len(old) == 1,
                before=row.returned,
                **{name: getattr(row, name) for name in _TYPED},
            )
            for row in old
        )
        for row, before in zip(rows, old, strict=True):
            _keep_purchases(row, [one.bought for one in before.purchases.all()])
        tell_beginning(actor, made)
    return made.filing


def save_report(
    *,
    actor: Actor,
    report: InputTaxReport,
    seen_version: int,
    summary: str,
    rows: Mapping[UUID, Mapping[str, Any]],
    correction: str = "",
    corrected_on: date | None = None,
) -> InputTaxReport:
    """No Event: it is a draft. Raises Stale when somebody saved it first, Refused once it is out of
    the writers' hands."""
    with transaction.atomic():
        locked = take_in_hand(actor=actor, report=report, seen_version=seen_version)
        locked.summary = summary
        locked.correction, locked.corrected_on = correction, corrected_on
        locked.save(update_fields=["summary", "correction", "corrected_on"])
        for row in locked.rows.filter(uid__in=rows):
            for name, value in rows[row.uid].items():
                setattr(row, name, value)
            row.save(update_fields=list(rows[row.uid]))
    return locked


def save_purchases(
    *, actor: Actor, row: RecipientTax, seen_version: int, bought: Iterable[Bought]
) -> None:
    """In place of those that stood there. As with the report: no Event, Stale, Refused."""
    with transaction.atomic():
        take_in_hand(actor=actor, report=row.report, seen_version=seen_version)
        row.purchases.all().delete()
        _keep_purchases(row, bought)


def _keep_purchases(row: RecipientTax, bought: Iterable[Bought]) -> None:
    Purchase.objects.bulk_create(
        Purchase(row=row, order=order, **asdict(one)) for order, one in enumerate(bought)
    )


def confirm_figures(filing: Filing, content: Mapping[str, Any]) -> int:
    """Keeps what the sealed report comes to: yen that go back to the state, for each recipient too.
    Call inside the transition's transaction."""
    report = InputTaxReport.objects.get(filing=filing)
    report.returned = int(content["returned"])
    if report.corrects_id is not None:
        report.difference = report.returned - int(content["corrects"]["before"])
    report.save(update_fields=["returned", "difference"])
    for uid, returned in content["figures"].items():
        report.rows.filter(uid=uid).update(returned=returned)
    return report.returned
