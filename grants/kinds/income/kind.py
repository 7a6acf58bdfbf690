"""収益状況報告 as a kind of filing: what is judged, and what is sealed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Subject, judge
from grants.income.api import Computed, IncomeLine, IncomeReport, Side, computed
from grants.kinds.discontinuance.stating import amount_row, as_values, field, head, section

from .requirements import SECTION, IncomeSubject

_LAW = "適正化法7条2項（交付の条件）"
_INCOMES = (
    ("kind", "種類", "text"),
    ("activity", "取組", "text"),
    ("what", "内容", "text"),
    ("evidence", "証拠書類", "text"),
    ("amount", "金額", "yen"),
)
_COSTS = (
    ("activity", "取組", "text"),
    ("what", "内容", "text"),
    ("reason", "控除する理由", "text"),
    ("evidence", "証拠書類", "text"),
    ("amount", "金額", "yen"),
)


def report_of(filing: Filing) -> IncomeReport:
    found: IncomeReport = IncomeReport.objects.select_related(
        "filing",
        "award__programme",
        "award__grantee",
        "award__settlement",
        "corrects__filing__programme",
    ).get(filing=filing)
    return found


def lines_of(report: IncomeReport, side: Side) -> list[IncomeLine]:
    return list(report.lines.filter(side=side).select_related("evidence"))


def subject_of(report: IncomeReport) -> IncomeSubject:
    lines = list(report.lines.all())
    return IncomeSubject(
        year_label=report.year.label,
        is_over=timezone.localdate() > report.year.end,
        is_nothing=report.is_nothing,
        income=sum(int(one.amount) for one in lines if one.side == Side.INCOME),
        costs=sum(int(one.amount) for one in lines if one.side == Side.COST),
        bare=tuple((str(one.uid), one.what) for one in lines if one.evidence_id is None),
        is_correction=report.corrects_id is not None,
        summary=report.summary,
    )


def judgements_of(report: IncomeReport) -> list[Judgement]:
    return judge(Subject.INCOME, subject_of(report))


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(report_of(filing))


def amount_rows(found: Computed) -> list[dict[str, Any]]:
    """The computation, line by line."""
    return [
        amount_row(chr(ord("A") + n), step.label, step.how, step.amount, step.decides)
        for n, step in enumerate(found.steps)
    ]


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time."""
    report = report_of(filing)
    found, said = computed(report), subject_of(report)
    settlement = report.award.settlement
    sealed = head(report, "income/1")
    return {
        **sealed,
        "settled": {
            "number": settlement.document_number,
            "issued_on": settlement.issued_on.isoformat(),
            "amount": int(settlement.amount),
        },
        "year": {
            "label": report.year.label,
            "starts_on": report.year.start.isoformat(),
            "ends_on": report.year.end.isoformat(),
        },
        "is_nothing": report.is_nothing,
        "summary": report.summary,
        "income": said.income,
        "costs": said.costs,
        "sections": [_section(report)],
        "amount_rows": amount_rows(found),
        "total": found.total,
        "returned": found.due,
        "corrects": _corrects(report),
        "judgements": as_values(judgements_of(report)),
    }


def _corrects(report: IncomeReport) -> dict[str, Any] | None:
    if report.corrects is None:
        return None
    return {"number": report.corrects.filing.receipt_number}


def _section(report: IncomeReport) -> dict[str, Any]:
    fields = [
        field("fiscal_year", "報告する年度", report.year.label),
        field(
            "is_nothing", "収入の有無", "収入はなかった" if report.is_nothing else "収入があった"
        ),
        field("summary", "説明", report.summary),
    ]
    made = section(SECTION, "収益の状況", _LAW, fields)
    tables = (
        ("incomes", "収入", _INCOMES, lines_of(report, Side.INCOME)),
        ("costs", "必要経費", _COSTS, lines_of(report, Side.COST)),
    )
    made["tables"] = [_table(*one) for one in tables if one[-1]]
    return made


def _table(
    key: str, title: str, columns: tuple[tuple[str, str, str], ...], lines: list[IncomeLine]
) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in columns],
        "rows": [
            {"uid": str(one.uid), "cells": {k: _cell(one, k) for k, _, _ in columns}}
            for one in lines
        ],
    }


def _cell(line: IncomeLine, key: str) -> Any:
    if key == "kind":
        return line.get_kind_display()
    if key == "activity":
        return line.activity_title
    if key == "evidence":
        return line.evidence.title if line.evidence else "なし"
    return int(line.amount) if key == "amount" else getattr(line, key)


INCOME = FilingKind(
    name="income",
    label="収益状況報告",
    symbol="S",
    payload=payload,
    judgements=judgements,
    document_kind="income",
    editors=lambda filing: set(filing.incomereport.editors.values_list("pk", flat=True)),
    writing_url_name="income:edit",
    amount_label="納付額",
    amounts_title="収益納付の計算",
)
