"""The change as a kind of filing: what is judged, what is sealed, what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grants.awards.api import Decision, decision_in_force
from grants.changes.api import (
    ChangeRequest,
    ChangeSubject,
    Finding,
    judge_change,
    plan_in_force,
)
from grants.contractors.api import money_by_line
from grants.filings.api import Filing, FilingKind, changes, compare
from grants.guideline.api import Judgement, Subject, judge
from grants.plans.api import (
    AmountTable,
    PlanContent,
    PlanRevision,
    PlanSubject,
    editors_of,
    read_content,
    required_amounts,
    rows,
    sheet,
)
from grants.programmes.api import Terms
from portal.core.money import Rounding

SECTION = "change"


@dataclass(frozen=True, slots=True)
class Read:
    """A change as plain values: the plan in force, the plan as it would be, and the amounts (yen)."""

    change: ChangeRequest
    decision: Decision
    terms: Terms
    before: PlanContent
    after: PlanContent
    old_sheet: list[dict[str, Any]]
    new_sheet: list[dict[str, Any]]
    old_table: AmountTable
    table: AmountTable
    finding: Finding
    changed: int

    @property
    def decided(self) -> int:
        return int(self.change.award.amount)

    @property
    def asked(self) -> int:
        return int(self.change.amount)


def read_change(filing: Filing) -> Read:
    """A fixed number of queries, whatever the number of activities and lines."""
    change = ChangeRequest.objects.select_related(
        "award__programme", "award__grantee", "award__decision"
    ).get(filing=filing)
    return read(change)


def read(change: ChangeRequest) -> Read:
    award = change.award
    terms = award.programme.terms()
    before = plan_in_force(award)
    revision_id = change.filing.revision_id
    after = read_content(PlanRevision.objects.with_everything().get(pk=revision_id))
    old_sheet, new_sheet = sheet(before, terms), sheet(after, terms)
    decided, asked = int(award.amount), int(change.amount)
    return Read(
        change=change,
        decision=decision_in_force(award),
        terms=terms,
        before=before,
        after=after,
        old_sheet=old_sheet,
        new_sheet=new_sheet,
        old_table=required_amounts(before, terms),
        table=required_amounts(after, terms),
        finding=judge_change(before, after, decided=decided, asked=asked, terms=terms),
        changed=len(changes(old_sheet, new_sheet)),
    )


def judgements_of(found: Read) -> list[Judgement]:
    """The plan's requirements as it would be, and the change's own."""
    award = found.change.award
    subject = ChangeSubject(
        reason=found.change.reason,
        decided=found.decided,
        asked=found.asked,
        table=found.table,
        changed=found.changed,
        after=found.after,
        finding=found.finding,
        contracted=money_by_line(
            grantee_id=award.grantee_id, fiscal_year=award.programme.fiscal_year
        ),
        follows=found.change.filing.plan_revision.based_on_id == award.revision_id,
    )
    judged = [
        *judge(Subject.CHANGE, subject),
        *judge(Subject.PLAN, PlanSubject(found.after, found.terms)),
    ]
    return sorted(judged, key=lambda one: {"unmet": 0, "warning": 1, "met": 2}[one.state])


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(read_change(filing))


def change_section(found: Read) -> dict[str, Any]:
    """Why, and the amount: what stands above the plan in the sheet."""
    return {
        **_head(),
        "fields": [
            _field("reason", "変更の理由", found.change.reason),
            _field("effect", "変更による影響", found.change.effect),
            _field("amount", "交付決定額", found.asked, "yen"),
        ],
    }


def before_section(found: Read) -> dict[str, Any]:
    return {
        **_head(),
        "fields": [_field("amount", "交付決定額", found.decided, "yen")],
    }


def _head() -> dict[str, Any]:
    return {
        "key": SECTION,
        "title": "変更の理由と額",
        "mark": "",
        "clause": "適正化法7条1項",
        "tables": [],
    }


def _field(key: str, label: str, value: Any, kind: str = "text") -> dict[str, Any]:
    return {"key": key, "label": label, "kind": kind, "value": value}


def amount_rows(found: Read) -> list[dict[str, Any]]:
    """A to G of the changed plan, then what is in force, what is asked for, and the difference."""
    table = [
        {
            "column": row.column,
            "label": row.label,
            "how": row.how,
            "amount": row.amount,
            "decides": row.decides,
        }
        for row in rows(found.table)
        if row.column not in ("H", "I")
    ]
    cut = Rounding(found.terms.amount_unit).label
    more = (
        ("H", "既交付決定額", f"{found.decision.document_number}まで", found.decided, False),
        ("I", "変更後の交付決定額", f"G以下（{cut}）", found.asked, True),
        ("J", "増減額", "I−H", found.asked - found.decided, False),
    )
    return table + [
        {"column": c, "label": label, "how": how, "amount": amount, "decides": decides}
        for c, label, how, amount, decides in more
    ]


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time; column I is the amount after the change."""
    found = read_change(filing)
    terms = found.terms
    return {
        "form": "change/1",
        "grantee": {"name": found.after.grantee_name, "code": found.after.grantee_code},
        "terms": {
            "fiscal_year": terms.fiscal_year,
            "year_label": terms.year_label,
            "official_name": terms.official_name,
            "project_name": terms.project_name,
            "guideline_title": terms.guideline_title,
            "addressee": terms.addressee,
            "grant_rate": found.table.rate,
        },
        "decision": {
            "number": found.decision.document_number,
            "issued_on": found.decision.issued_on.isoformat(),
            "amount": found.decided,
        },
        "before": {
            "sections": [before_section(found), *found.old_sheet],
            "amounts": {column: getattr(found.old_table, column) for column in "abcdefg"},
            "amount": found.decided,
        },
        "sections": [change_section(found), *found.new_sheet],
        "amounts": {
            **{column: getattr(found.table, column) for column in "abcdefg"},
            "h": found.decided,
            "i": found.asked,
        },
        "amount_rows": amount_rows(found),
        "minor_change": found.finding.as_values(),
        "judgements": [_judgement(one) for one in judgements_of(found)],
    }


def side_by_side(content: dict[str, Any]) -> dict[str, Any]:
    """Of what `payload` made: the plan before and after, the amounts (yen), what was judged."""
    before, after = content["before"], content["sections"]
    return {
        "decided": content["decision"]["amount"],
        "asked": content["amounts"]["i"],
        "number": content["decision"]["number"],
        "comparison": compare(
            *([one for one in of if one["key"] != SECTION] for of in (before["sections"], after))
        ),
        "minor": content["minor_change"],
        "amount_rows": content["amount_rows"],
        "judgements": content["judgements"],
    }


def _judgement(one: Judgement) -> dict[str, Any]:
    return {
        "id": one.requirement.id,
        "basis": one.requirement.basis,
        "demand": one.requirement.demand,
        "state": one.state,
        "evidence": one.evidence,
        "problems": [{"address": p.address, "message": p.message} for p in one.problems],
    }


CHANGE = FilingKind(
    name="change",
    label="変更承認申請",
    symbol="C",
    payload=payload,
    judgements=judgements,
    document_kind="change",
    editors=lambda filing: editors_of(filing.plan_revision),
    writing_url_name="change:overview",
    is_decided=True,
    amount_label="変更後の申請額",
    amounts_title="所要額調書（変更後）",
)
