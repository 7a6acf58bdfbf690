"""A 実績報告 as plain values, as a sealed sheet, and its 精算額調書."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.awards.api import report_due
from grants.carryovers.api import years_carried
from grants.filings.api import attachments_of
from grants.plans.api import AmountTable, Delivery, OtherFunding, compute_amounts
from grants.programmes.api import Terms
from portal.core.money import Rounding

from .contracted import contracted_by_activity, contracts_of
from .models import PerformanceReport, ReportPart
from .recorded import recorded_figures, unconfirmed_months
from .rules import Contracted, Part, Report, Result, Revenue, SpentLine, fixed_amount

ACTIVITY = "activity:"
# The document kind of the 歳入歳出決算書（又は決算見込書）の抄本 of a report.
ACCOUNTS = "attachment:accounts"


def read_report(report: PerformanceReport) -> Report:
    """A fixed number of queries."""
    award = report.award
    terms = award.programme.terms()
    rows = list(report.parts.order_by("order").prefetch_related("results", "lines", "incomes"))
    contracted, figures = contracted_by_activity(award), recorded_figures(award)
    completed, first = report.completed_on, report.filing.first_submitted_at
    ended = award.discontinued_on or completed
    return Report(
        completed_on=completed,
        today=timezone.localdate(),
        reported_on=timezone.localdate(first),
        due_on=report_due(ended, terms, years_carried(award)).day if ended else None,
        summary=report.summary,
        parts=tuple(_part(row, contracted, figures) for row in rows if _has_lines(row)),
        incomes=tuple(
            Revenue(one.uid, one.label, one.budget, one.amount)
            for row in rows
            if row.key == "incomes"
            for one in row.incomes.all()
        ),
        contracts=contracts_of(award),
        decided=int(award.amount),
        received=award.payments.standing().total(),
        ordered=award.refund_orders.towards_the_amount().total(),
        unconfirmed=unconfirmed_months(award),
        needs_accounts=terms.accounts_paper == "required",
        has_accounts=any(one.kind == ACCOUNTS for one in attachments_of(report.filing)),
    )


def _has_lines(row: ReportPart) -> bool:
    return row.key == "platform" or row.key.startswith(ACTIVITY)


def _part(
    row: ReportPart,
    contracted: dict[UUID, int],
    figures: dict[UUID, Decimal],
) -> Part:
    uid = row.activity_uid
    return Part(
        key=row.key,
        mark=row.mark,
        title=row.title,
        clause=row.clause,
        name=row.name,
        text=row.text,
        is_saved=row.version > 1,
        results=tuple(
            Result(
                uid=one.uid,
                label=one.label,
                unit=one.unit,
                target=one.target,
                actual=one.actual,
                recorded=figures.get(one.uid),
                note=one.note,
            )
            for one in row.results.all()
        ),
        lines=tuple(
            SpentLine(
                uid=one.uid,
                section=row.key,
                number=number,
                category_code=one.category_code,
                category=one.category,
                item=one.item,
                delivery=one.delivery,
                budget=int(one.budget),
                is_eligible=one.is_eligible,
                spent=one.spent,
                expected=int(one.expected),
                other_funding=one.other_funding,
                other_funding_name=one.other_funding_name,
                note=one.note,
            )
            for number, one in enumerate(row.lines.all(), start=1)
        ),
        contracted=contracted.get(uid, 0) if uid else 0,
    )


def settled_amounts(report: Report, terms: Terms, cut: int = 0) -> AmountTable:
    """The columns A to G over again with what was spent, without what examiners cut off (yen).

    A disallowed cost is left out of the whole table: cost × rate is wrong wherever the truncation,
    or column C or E, decides. All lines that are cut are eligible ones.
    """
    return compute_amounts(report.total - cut, report.income, report.eligible - cut, terms)


def settlement_rows(report: Report, table: AmountTable) -> list[dict[str, Any]]:
    """精算額調書: column, what it is, how it came about, yen."""
    fixed = fixed_amount(report.decided, table.g)
    how_cut = f"F×{table.rate}＝{table.exact}、{Rounding(table.unit).label}"
    found = (
        ("A", "総事業費", "支出済額と支払見込額の合計", table.a),
        ("B", "寄附金その他の収入", "収入済額の合計", table.b),
        ("C", "差引額", "A−B", table.c),
        ("D", "対象経費の実支出額", "明細のうち対象", table.d),
        ("E", "基準額", "定めなし" if table.e is None else "制度の値", table.e),
        ("F", "選定額", f"C・D・Eのうち最も少ない額（{table.decides}）", table.f),
        ("G", "再計算した交付額", how_cut, table.g),
        ("H", "交付決定額", "決定の通知のとおり", report.decided),
        ("I", "確定できる額", "G・Hのうち少ない額", fixed),
        ("J", "受入済額", "国からの支払の合計", report.received),
        *_ordered(report),
        (
            "K",
            "差引過不足額",
            "J−返還を命じた額−I" if report.ordered else "J−I",
            report.received - report.ordered - fixed,
        ),
    )
    return [
        {"column": c, "label": label, "how": how, "amount": amount, "decides": c == "I"}
        for c, label, how, amount in found
    ]


def _ordered(report: Report) -> Iterator[tuple[str, str, str, int]]:
    """A line of its own without a letter, where a revocation asked money back already."""
    if report.ordered:
        yield ("", "返還を命じた額", "返還命令の合計", report.ordered)


def sheet(report: Report) -> list[dict[str, Any]]:
    """JSON-ready sections in the order of the form; yen as integers, days as ISO."""
    return [
        _section(
            "basics",
            "事業の完了と成果",
            fields=[
                _field("completed_on", "事業が完了した日", _iso(report.completed_on), "date"),
                _field("summary", "事業全体の成果", report.summary),
            ],
        ),
        *(_part_section(part) for part in report.parts),
        _section("incomes", "収入", tables=[_incomes(report.incomes)]),
        _section("contracts", "契約", tables=[_contracts(report.contracts)]),
    ]


def _section(key: str, title: str, **given: Any) -> dict[str, Any]:
    found = {"key": key, "title": title, "mark": "", "clause": "適正化法14条"}
    return {**found, "fields": [], "tables": [], **given}


def _part_section(part: Part) -> dict[str, Any]:
    tables = [_lines(part.lines)]
    if part.results:
        tables.insert(0, _results(part.results))
    return {
        **_section(part.key, part.title),
        "mark": part.mark,
        "clause": part.clause,
        "amount": part.total,
        "fields": [
            _field("name", "取組の名称", part.name),
            _field("text", "実施した内容と成果", part.text),
        ],
        "tables": tables,
    }


def _results(results: Iterable[Result]) -> dict[str, Any]:
    columns = (
        ("label", "指標", "text"),
        ("unit", "単位", "text"),
        ("target", "目標", "number"),
        ("actual", "実績", "number"),
        ("recorded", "記録の合計", "number"),
        ("note", "説明", "text"),
    )
    return _table(
        "indicators",
        "指標の実績",
        columns,
        [
            (
                one.uid,
                {
                    "label": one.label,
                    "unit": one.unit,
                    "target": _text(one.target),
                    "actual": _text(one.actual),
                    "recorded": _text(one.recorded),
                    "note": one.note,
                },
            )
            for one in results
        ],
    )


def _lines(lines: tuple[SpentLine, ...]) -> dict[str, Any]:
    columns = (
        ("category", "節", "text"),
        ("item", "細目", "text"),
        ("delivery", "実施方法", "text"),
        ("budget", "予算額", "yen"),
        ("spent", "支出済額", "yen"),
        ("expected", "支払見込額", "yen"),
        ("is_eligible", "対象", "text"),
        ("other", "他の国庫補助", "text"),
        ("note", "備考", "text"),
    )
    rows = [
        (
            one.uid,
            {
                "category": f"{one.category_code} {one.category}".strip(),
                "item": one.item,
                "delivery": _word(Delivery, one.delivery),
                "budget": one.budget,
                "spent": one.spent,
                "expected": one.expected,
                "is_eligible": "対象" if one.is_eligible else "対象外",
                "other": f"{_word(OtherFunding, one.other_funding)} {one.other_funding_name}".strip(),
                "note": one.note,
            },
        )
        for one in lines
    ]
    table = _table("lines", "精算の明細", columns, rows)
    table["total"] = sum(one.total for one in lines)
    table["eligible_total"] = sum(one.total for one in lines if one.is_eligible)
    return table


def _incomes(incomes: Iterable[Revenue]) -> dict[str, Any]:
    columns = (
        ("label", "収入の内容", "text"),
        ("budget", "予算額", "yen"),
        ("amount", "収入済額", "yen"),
    )
    rows = [
        (one.uid, {"label": one.label, "budget": one.budget, "amount": one.amount})
        for one in incomes
    ]
    return _table("incomes", "収入の実績", columns, rows)


def _contracts(contracts: Iterable[Contracted]) -> dict[str, Any]:
    columns = (
        ("title", "契約", "text"),
        ("contractor", "相手方", "text"),
        ("activities", "取組", "text"),
        ("method", "契約の方法", "text"),
        ("amount", "契約額", "yen"),
    )
    rows = [
        (
            one.uid,
            {
                "title": one.title,
                "contractor": one.contractor,
                "activities": one.activities,
                "method": one.method,
                "amount": one.amount,
            },
        )
        for one in contracts
    ]
    return _table("contracts", "契約の一覧", columns, rows)


def _table(
    key: str,
    title: str,
    columns: Iterable[tuple[str, str, str]],
    rows: Iterable[tuple[UUID, dict[str, Any]]],
) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in columns],
        "rows": [{"uid": str(uid), "cells": cells} for uid, cells in rows],
    }


def _field(key: str, label: str, value: Any, kind: str = "text") -> dict[str, Any]:
    return {"key": key, "label": label, "kind": kind, "value": value}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _text(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _word(choices: Any, value: str) -> str:
    return dict(choices.choices).get(value, "")
