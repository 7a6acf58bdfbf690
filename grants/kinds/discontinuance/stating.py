"""What statements of one page about an award have in common: terms, checklist, one section."""

from __future__ import annotations

from datetime import date
from typing import Any

from grants.awards.api import decision_in_force
from grants.changes.api import Statement
from grants.guideline.api import Judgement


def head(statement: Statement, form: str) -> dict[str, Any]:
    """Form, body, terms and the decision that it is about."""
    award = statement.award
    terms = award.programme.terms()
    decision = decision_in_force(award)
    names = ("fiscal_year", "year_label", "official_name", "project_name", "addressee")
    return {
        "form": form,
        "grantee": {"name": award.grantee.name},
        "terms": {name: getattr(terms, name) for name in names},
        "decision": {
            "number": decision.document_number,
            "issued_on": decision.issued_on.isoformat(),
            "amount": int(award.amount),
        },
    }


def section(key: str, title: str, clause: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "mark": "",
        "clause": clause,
        "fields": fields,
        "tables": [],
    }


def field(key: str, label: str, value: Any, kind: str = "text") -> dict[str, Any]:
    if isinstance(value, date):
        return {"key": key, "label": label, "kind": "date", "value": value.isoformat()}
    return {"key": key, "label": label, "kind": kind, "value": value}


def amount_row(
    column: str, label: str, how: str, amount: int, decides: bool = False
) -> dict[str, Any]:
    return {"column": column, "label": label, "how": how, "amount": amount, "decides": decides}


def as_values(found: list[Judgement]) -> list[dict[str, Any]]:
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
        for one in found
    ]
