"""The 実績報告 as a kind of filing: what is judged, what is sealed, what is printed."""

from __future__ import annotations

from typing import Any

from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Subject, judge
from grants.settlements.api import (
    PerformanceReport,
    Report,
    fixed_amount,
    read_report,
    settled_amounts,
    settlement_rows,
    sheet,
)


def report_of(filing: Filing) -> PerformanceReport:
    found: PerformanceReport = PerformanceReport.objects.select_related(
        "filing", "award__programme", "award__grantee", "award__decision"
    ).get(filing=filing)
    return found


def judgements(filing: Filing) -> list[Judgement]:
    return judge(Subject.PERFORMANCE, read_report(report_of(filing)))


def judged(report: Report) -> list[dict[str, Any]]:
    """The checklist as it is sealed and shown."""
    return [
        {
            "id": one.requirement.id,
            "basis": one.requirement.basis,
            "demand": one.requirement.demand,
            "state": one.state,
            "evidence": one.evidence,
            "problems": [{"address": p.address, "message": p.message} for p in one.problems],
        }
        for one in judge(Subject.PERFORMANCE, report)
    ]


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time; column I is what could be fixed."""
    row = report_of(filing)
    report = read_report(row)
    terms = filing.programme.terms()
    table = settled_amounts(report, terms)
    return {
        "form": "performance/1",
        "grantee": {"name": filing.grantee.name},
        "terms": {
            "fiscal_year": terms.fiscal_year,
            "year_label": terms.year_label,
            "official_name": terms.official_name,
            "project_name": terms.project_name,
            "addressee": terms.addressee,
            "grant_rate": table.rate,
        },
        "decision": {
            "number": row.award.decision.document_number,
            "issued_on": row.award.decision.issued_on.isoformat(),
            "amount": report.decided,
        },
        "sections": sheet(report),
        "spent": sum(line.spent or 0 for line in report.lines),
        "expected": report.expected,
        "received": report.received,
        "amounts": {
            **{column: getattr(table, column) for column in "abcdefg"},
            "h": report.decided,
            "i": fixed_amount(report.decided, table.g),
        },
        "amount_rows": settlement_rows(report, table),
        "judgements": judged(report),
    }


PERFORMANCE = FilingKind(
    name="performance",
    label="実績報告",
    symbol="J",
    payload=payload,
    judgements=judgements,
    document_kind="performance",
    editors=lambda filing: set(filing.performance.editors.values_list("pk", flat=True)),
    writing_url_name="performance:report",
    amount_label="確定できる額",
    amounts_title="精算額調書",
    work_url_name="settlements:lines",
    work_label="明細を審査する",
)
