"""The application as a kind of filing: what is judged, what is sealed, what is printed."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects

from grants.awards.api import Award
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Problem, Requirement, Subject, judge
from grants.plans.api import (
    AmountTable,
    PlanContent,
    PlanRevision,
    PlanSubject,
    read_content,
    required_amounts,
    rows,
    sheet,
)
from grants.programmes.api import Terms
from portal.core.dates import screen_date

from .attachments import Slot, slots

_ATTACHMENTS = Requirement(
    "filing.attachments",
    "",
    Subject.FILING,
    "必要な資料を添付している。",
    True,
    lambda found: (
        Problem(
            "attachments//",
            f"「{slot.label}」が添付されていません。",
            "ファイルを追加してください。",
        )
        for slot in found
        if slot.is_missing
    ),
    lambda found: f"{sum(len(slot.documents) for slot in found)}点",
    law="適正化法施行令3条2項",
)

_LATE = Requirement(
    "filing.late_papers",
    "",
    Subject.FILING,
    "議決後に提出する資料が、そろっている。",
    False,
    lambda found: (
        Problem(
            "attachments//",
            f"「{slot.label}」は、議決後に提出します（{screen_date(slot.due_on)}まで）。",
            "議決の後に、差戻しを待たずに提出できます。",
        )
        for slot in found
        if slot.is_awaited
    ),
    lambda found: "議決を待つ資料なし",
    law="適正化法施行令3条2項",
)

FILING_REQUIREMENTS = (_ATTACHMENTS, _LATE)


def content_of(filing: Filing) -> PlanContent:
    revision = PlanRevision.objects.with_everything().get(pk=filing.revision_id)
    return read_content(revision)


def joined_revision(filing: Filing) -> PlanRevision:
    """With all its rows, of a filing that a page has just read `with_plan()`: a question less."""
    revision = filing.plan_revision
    revision.plan.programme, revision.plan.grantee = filing.programme, filing.grantee
    prefetch_related_objects([revision], *PlanRevision.objects.all().parts())
    return revision


def already_decided(filing: Filing) -> int:
    """Column H in yen: decisions of the year in force."""
    return (
        Award.objects.filter(  # type: ignore[no-any-return]
            programme_id=filing.programme_id, grantee_id=filing.grantee_id
        )
        .in_force()
        .total()
    )


def judgements(
    filing: Filing, content: PlanContent | None = None, given: list[Slot] | None = None
) -> list[Judgement]:
    """The live checklist: the plan's requirements and the filing's own.

    `content` and `given` save the queries where the caller has them already.
    """
    terms = filing.programme.terms()
    plan = PlanSubject(content or content_of(filing), terms)
    found = [*judge(Subject.PLAN, plan), *judge(Subject.FILING, given or slots(filing))]
    return sorted(found, key=lambda j: {"unmet": 0, "warning": 1, "met": 2}[j.state])


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time, which `seal()` adds."""
    terms = filing.programme.terms()
    content = content_of(filing)
    amounts = required_amounts(content, terms, already_decided(filing))
    return {
        "form": "application/1",
        "grantee": {"name": content.grantee_name, "code": content.grantee_code},
        "terms": _terms(terms),
        "sections": sheet(content, terms),
        "amounts": _amounts(amounts),
        "amount_rows": [
            {
                "column": row.column,
                "label": row.label,
                "how": row.how,
                "amount": row.amount,
                "decides": row.decides,
            }
            for row in rows(amounts)
        ],
        "judgements": [_judgement(one) for one in judgements(filing, content)],
    }


def _terms(terms: Terms) -> dict[str, Any]:
    return {
        "fiscal_year": terms.fiscal_year,
        "year_label": terms.year_label,
        "official_name": terms.official_name,
        "project_name": terms.project_name,
        "guideline_title": terms.guideline_title,
        "addressee": terms.addressee,
        "grant_rate": f"{terms.grant_rate.numerator}/{terms.grant_rate.denominator}",
    }


def _amounts(table: AmountTable) -> dict[str, Any]:
    return {column: getattr(table, column) for column in "abcdefghi"}


def _judgement(one: Judgement) -> dict[str, Any]:
    return {
        "id": one.requirement.id,
        "basis": one.requirement.basis,
        "demand": one.requirement.demand,
        "state": one.state,
        "evidence": one.evidence,
        "problems": [{"address": p.address, "message": p.message} for p in one.problems],
    }


APPLICATION = FilingKind(
    name="application",
    label="交付申請",
    form_name="様式第1号",
    symbol="A",
    payload=payload,
    judgements=judgements,
    document_kind="application",
)
