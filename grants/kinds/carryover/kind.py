"""繰越の承認の申出 as a kind of filing: what is read, and what is sealed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from grants.carryovers.api import (
    Carried,
    CarriedOverLine,
    CarryKind,
    Carryover,
    CarryoverRow,
    from_state,
    state_open,
)
from grants.changes.api import plan_in_force
from grants.filings.api import Filing, FilingKind, attachments_of
from grants.guideline.api import Judgement, Subject, judge
from grants.kinds.discontinuance.stating import amount_row, as_values, field, head, section
from grants.programmes.api import Terms
from portal.core.dates import FiscalYear, screen_date

from .requirements import SECTION, CarryoverSubject

_LAW = "適正化法7条1項5号、財政法43条"


def carryover_of(filing: Filing) -> Carryover:
    found: Carryover = Carryover.objects.select_related(
        "filing__programme", "filing__grantee", "award__programme", "award__grantee"
    ).get(filing=filing)
    return found


def causes_of(terms: Terms, kind: str) -> tuple[str, ...]:
    return terms.accident_causes if kind == CarryKind.ACCIDENT else terms.carryover_causes


def due_on(carryover: Carryover, terms: Terms) -> date:
    """The programme's day within the year that ends."""
    month, day = terms.carryover_day
    year = FiscalYear(carryover.from_year)
    return date(year.start.year if month >= year.start.month else year.end.year, month, day)


def read(carryover: Carryover) -> CarryoverSubject:
    """A fixed number of queries, whatever the number of lines."""
    award, terms = carryover.award, carryover.award.programme.terms()
    before = list(Carried.objects.standing().filter(award=award, step__lt=carryover.step))
    rows = list(carryover.rows.all())
    decided, planned = int(award.amount), _planned(carryover)
    if before:
        decided = int(before[-1].national)
        planned = sum(int(row.base) for row in rows if row.is_eligible)
    return CarryoverSubject(
        step=carryover.step,
        from_year=carryover.from_year,
        kind=carryover.kind,
        kinds_before=tuple(one.kind for one in before),
        cause=carryover.cause,
        causes=causes_of(terms, carryover.kind),
        reason=carryover.reason,
        progress=carryover.progress,
        schedule=carryover.schedule,
        last_day=carryover.last_day,
        resolved_on=carryover.resolved_on,
        today=timezone.localdate(),
        due_on=due_on(carryover, terms),
        papers=len(attachments_of(carryover.filing)),
        decided=decided,
        planned=planned,
        lines=tuple(_line(row) for row in rows),
    )


def _planned(carryover: Carryover) -> int:
    lines = plan_in_force(carryover.award).lines
    return sum(line.amount or 0 for line in lines if line.is_eligible)


def _line(row: CarryoverRow) -> CarriedOverLine:
    return CarriedOverLine(
        uid=str(row.uid),
        label=row.label,
        base=int(row.base),
        spent=row.spent,
        bound=row.bound_yen,
        national=row.national or 0,
        own=row.own or 0,
        is_eligible=row.is_eligible,
        is_direct=not row.is_contracted,
        committed_on=row.committed_on,
        committed_number=row.committed_number,
    )


def judgements_of(carryover: Carryover) -> list[Judgement]:
    return judge(Subject.CARRYOVER, read(carryover))


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(carryover_of(filing))


def amount_rows(carryover: Carryover, subject: CarryoverSubject) -> list[dict[str, Any]]:
    open_yen, received = state_open(carryover.award)
    of_state = from_state(subject.national, open_yen, received)
    spent = sum(line.spent for line in subject.lines)
    unused = sum(line.unused for line in subject.lines)
    is_first = subject.step == 1
    whole = "いま効力のある計画" if is_first else "前の繰越しで承認された額"
    of_year = "交付決定額" if is_first else "前の繰越しによる国の予算の繰越額"
    got = "返還を命じられた額を除く" if is_first else "繰り越した額から支払われた額"
    return [
        amount_row("A", "予算額", whole, sum(line.base for line in subject.lines)),
        amount_row("B", "年度末までの支出済額", "契約の記録、直営の支出", spent),
        amount_row("C", "繰り越す額", "D＋E", subject.national + subject.own, True),
        amount_row("D", "うち国費", "対象経費のうち交付金で賄う分以下", subject.national),
        amount_row("E", "うち都道府県費", "", subject.own),
        amount_row("F", "不用となる見込みの額", "A−B−C", unused),
        amount_row("G", of_year, "", open_yen),
        amount_row("H", "受領済額", got, received),
        amount_row("I", "翌年度に国から受け取る額", "DとG−Hの、いずれか少ない額", of_state),
    ]


_COLUMNS = (
    ("label", "積算内訳", "text"),
    ("base", "予算額", "yen"),
    ("spent", "支出済額", "yen"),
    ("national", "繰り越す国費", "yen"),
    ("own", "繰り越す都道府県費", "yen"),
    ("unused", "不用額", "yen"),
)


def _table(subject: CarryoverSubject) -> dict[str, Any]:
    return {
        "key": "lines",
        "title": "繰り越す積算内訳",
        "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in _COLUMNS],
        "rows": [
            {"uid": line.uid, "cells": {key: getattr(line, key) for key, _, _ in _COLUMNS}}
            for line in subject.carried_lines
        ],
    }


_COMMITTED = (
    ("label", "積算内訳", "text"),
    ("bound", "支出負担行為済みで未払の額", "yen"),
    ("committed_on", "支出負担行為の日", "text"),
    ("committed_number", "番号", "text"),
)


def _commitments(subject: CarryoverSubject) -> dict[str, Any]:
    """What the body bound by its own act, of the lines that it carries (地方自治法232条の3)."""
    shown = [line for line in subject.carried_lines if line.is_direct and line.bound]
    return {
        "key": "commitments",
        "title": "直営の積算内訳の支出負担行為",
        "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in _COMMITTED],
        "rows": [
            {
                "uid": line.uid,
                "cells": {
                    "label": line.label,
                    "bound": line.bound,
                    "committed_on": screen_date(line.committed_on) if line.committed_on else "",
                    "committed_number": line.committed_number,
                },
            }
            for line in shown
        ],
    }


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time; column I is the national money asked for."""
    carryover = carryover_of(filing)
    subject = read(carryover)
    year = carryover.year
    whole = section(
        SECTION,
        "繰越しの内容",
        _LAW,
        [
            field("years", "繰り越す年度", f"{year.label}から{year.following.label}へ"),
            field("kind", "繰越しの別", carryover.get_kind_display()),
            field("cause", "事由", carryover.cause),
            field("reason", "繰越しを要する理由", carryover.reason),
            field("progress", "これまでの実施状況", carryover.progress),
            field("schedule", "翌年度の実施の予定", carryover.schedule),
            field("last_day", "完了の予定の日", carryover.last_day),
            field("resolved_on", "都道府県の予算の繰越しを定めた日", carryover.resolved_on),
        ],
    )
    commitments = _commitments(subject)
    whole["tables"] = [_table(subject), *([commitments] if commitments["rows"] else [])]
    return {
        **head(carryover, "carryover/1"),
        "sections": [whole],
        "lines": [
            {
                "line_uid": str(row.line_uid),
                "label": row.label,
                "spent": row.spent,
                "national": row.national or 0,
                "own": row.own or 0,
            }
            for row in carryover.rows.all()
            if row.carried
        ],
        "amounts": {"i": subject.national},
        "amount_rows": amount_rows(carryover, subject),
        "judgements": as_values(judge(Subject.CARRYOVER, subject)),
    }


CARRYOVER = FilingKind(
    name="carryover",
    label="繰越承認申出",
    symbol="F",
    payload=payload,
    judgements=judgements,
    document_kind="carryover",
    editors=lambda filing: set(filing.carryover.editors.values_list("pk", flat=True)),
    writing_url_name="carryover:edit",
    is_decided=True,
    amount_label="繰り越す国費",
    amounts_title="繰り越す額",
)
