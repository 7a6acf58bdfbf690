"""仕入控除税額の報告 as a kind of filing: what is judged, and what is sealed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grants.conditions.api import share_text
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Subject, judge
from grants.input_tax.api import (
    Computed,
    InputTaxReport,
    RecipientTax,
    compute,
    due_on,
    share_of,
)
from grants.kinds.discontinuance.stating import amount_row, as_values, field, head, section
from portal.core.dates import screen_date

from .requirements import SECTION, InputTaxSubject, Reported

COSTS = {
    "taxed_sales_10": "10％　課税売上げにだけ要するもの",
    "common_10": "10％　共通して要するもの",
    "other_10": "10％　課税売上げ以外にだけ要するもの",
    "taxed_sales_8": "8％　課税売上げにだけ要するもの",
    "common_8": "8％　共通して要するもの",
    "other_8": "8％　課税売上げ以外にだけ要するもの",
    "untaxed": "消費税のかからないもの",
}
_COLUMNS = (("label", "区分", "text"), ("how", "計算", "text"), ("amount", "金額", "yen"))


def report_of(filing: Filing) -> InputTaxReport:
    found: InputTaxReport = InputTaxReport.objects.select_related(
        "filing",
        "award__programme",
        "award__grantee",
        "award__settlement",
        "corrects__filing__programme",
    ).get(filing=filing)
    return found


def share_for(report: InputTaxReport) -> Fraction:
    """Of the award, as it stands today."""
    return share_of(report.award, report.award.settlement)


def computed_rows(report: InputTaxReport) -> list[tuple[RecipientTax, Computed]]:
    """Every recipient of the report with its computation."""
    share = share_for(report)
    transition = report.award.programme.terms().input_tax_transition
    rows = report.rows.prefetch_related("purchases")
    return [(row, compute(row.declared, share, transition)) for row in rows]


def subject_of(
    report: InputTaxReport, rows: list[tuple[RecipientTax, Computed]]
) -> InputTaxSubject:
    return InputTaxSubject(
        tuple(
            Reported(str(row.uid), row.declared, found.returned)
            for row, found in rows
            if row.is_reported
        ),
        is_correction=report.corrects_id is not None,
        correction=report.correction,
        corrected_on=report.corrected_on,
        summary=report.summary,
    )


def judgements_of(
    report: InputTaxReport, rows: list[tuple[RecipientTax, Computed]]
) -> list[Judgement]:
    return judge(Subject.INPUT_TAX, subject_of(report, rows))


def judgements(filing: Filing) -> list[Judgement]:
    report = report_of(filing)
    return judgements_of(report, computed_rows(report))


def amount_rows(
    report: InputTaxReport, rows: list[tuple[RecipientTax, Computed]]
) -> list[dict[str, Any]]:
    reported = [(row, found) for row, found in rows if row.is_reported]
    deducted = sum(found.deducted for _, found in reported)
    returned = sum(found.returned for _, found in reported)
    share = share_text(share_for(report))
    made = [
        amount_row("A", "確定額", "額の確定の通知のとおり", int(report.award.settlement.amount)),
        amount_row("B", "報告する団体の対象経費", "", sum(int(row.cost) for row, _ in reported)),
        amount_row("C", "仕入控除税額", "団体ごとの計算の合計", deducted),
        amount_row("D", "国に返す額", f"団体ごとにC×{share}、１円未満切捨て", returned, True),
    ]
    if report.corrects is not None:
        before = before_of(rows)
        made.append(amount_row("E", "前の報告で確認された額", "訂正する団体の合計", before))
        made.append(amount_row("F", "前の報告との差", "D−E", returned - before))
    return made


def before_of(rows: list[tuple[RecipientTax, Computed]]) -> int:
    """Yen that were confirmed before, of the recipients whose return was corrected."""
    return sum(int(row.before or 0) for row, _ in rows if row.is_reported)


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time."""
    report = report_of(filing)
    rows = computed_rows(report)
    reported = [(row, found) for row, found in rows if row.is_reported]
    settlement = report.award.settlement
    return {
        **head(report, "input_tax/1"),
        "settled": {
            "number": settlement.document_number,
            "issued_on": settlement.issued_on.isoformat(),
            "amount": int(settlement.amount),
        },
        "due_on": due_on(report.award.programme.terms()).isoformat(),
        "summary": report.summary,
        "sections": [_section(row, found) for row, found in reported],
        "later": [row.name for row, _ in rows if not row.is_reported],
        "amount_rows": amount_rows(report, rows),
        "returned": sum(found.returned for _, found in reported),
        "figures": {str(row.uid): found.returned for row, found in reported},
        "corrects": _corrects(report, rows),
        "judgements": as_values(judgements_of(report, rows)),
    }


def _corrects(
    report: InputTaxReport, rows: list[tuple[RecipientTax, Computed]]
) -> dict[str, Any] | None:
    """The report that this one corrects, and why; nothing on a first one."""
    if report.corrects is None:
        return None
    return {
        "number": report.corrects.filing.receipt_number,
        "correction": report.get_correction_display(),
        "on": report.corrected_on.isoformat() if report.corrected_on else "",
        "before": before_of(rows),
    }


def _section(row: RecipientTax, found: Computed) -> dict[str, Any]:
    filed = {True: "あり", False: "なし", None: ""}[row.has_filed]
    fields = [
        field("cost", "対象経費", int(row.cost), "yen"),
        field("has_filed", "確定申告", filed),
        field("tax_period", "課税期間", row.tax_period),
        field("method", "課税方式", row.get_method_display()),
        field("taxed_sales", "課税売上高", row.taxed_sales, "yen"),
        field("all_sales", "売上高の合計", row.all_sales, "yen"),
        field("specified_income", "特定収入", int(row.specified_income), "yen"),
        *(
            field(name, label, getattr(row, name), "yen")
            for name, label in COSTS.items()
            if getattr(row, name)
        ),
        field("note", "備考", row.note),
    ]
    made = section(f"{SECTION}{row.uid}", row.name, "交付の条件", fields)
    made["tables"] = [
        *_purchases_table(row),
        {
            "key": "steps",
            "title": "計算",
            "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in _COLUMNS],
            "rows": [
                {
                    "uid": f"{row.uid}-{number}",
                    "cells": {"label": step.label, "how": step.how, "amount": step.amount},
                }
                for number, step in enumerate(found.steps, start=1)
            ],
        },
    ]
    return made


_BOUGHT = (
    ("supplier", "仕入先", "text"),
    ("number", "登録番号", "text"),
    ("bought_on", "仕入れの日", "text"),
    ("kind", "税率・使いみち", "text"),
    ("amount", "額（税込み）", "yen"),
)


def _purchases_table(row: RecipientTax) -> list[dict[str, Any]]:
    """The purchases whose seller's number decides what is deducted; nothing where there are none."""
    bought = list(row.purchases.all())
    if not bought:
        return []
    return [
        {
            "key": "purchases",
            "title": "仕入れ",
            "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in _BOUGHT],
            "rows": [
                {
                    "uid": str(one.uid),
                    "cells": {
                        "supplier": one.supplier,
                        "number": one.number or "なし",
                        "bought_on": screen_date(one.bought_on),
                        "kind": f"{one.percent}％　{one.get_use_display()}",
                        "amount": int(one.amount),
                    },
                }
                for one in bought
            ],
        }
    ]


INPUT_TAX = FilingKind(
    name="input_tax",
    label="仕入控除税額の報告",
    symbol="T",
    payload=payload,
    judgements=judgements,
    document_kind="input_tax",
    editors=lambda filing: set(filing.inputtaxreport.editors.values_list("pk", flat=True)),
    writing_url_name="input_tax:edit",
    amount_label="国に返す額",
    amounts_title="仕入控除税額",
)
