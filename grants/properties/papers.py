"""What the printed register says, for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import canonical

from .register import Row


def register_text(award: Award, rows: Iterable[Row], at: datetime) -> str:
    terms = award.programme.terms()
    names = ("year_label", "official_name", "project_name", "addressee")
    return canonical(
        {
            "form": "register/1",
            "terms": {name: getattr(terms, name) for name in names},
            "form_numbers": {
                form: terms.form_numbers[form] for form in ("property_register", "property_details")
            },
            "grantee": award.grantee.name,
            "decision": award.decision.document_number,
            "issued_on": timezone.localdate(at).isoformat(),
            "rows": [_row(row) for row in rows],
        }
    )


def _row(row: Row) -> dict[str, Any]:
    asset, check = row.asset, row.last_check
    return {
        "number": asset.shown_number,
        "class": asset.class_name,
        "name": asset.name,
        "specification": asset.specification,
        "quantity": asset.quantity,
        "unit_price": int(asset.unit_price),
        "amount": int(asset.amount),
        "acquired_on": asset.acquired_on.isoformat(),
        "line": asset.line,
        "place": asset.location,
        "keeper": asset.keeper_name,
        "rate": asset.rate,
        "years": asset.years,
        "ends_on": row.ends_on.isoformat(),
        "state": asset.get_state_display(),
        "disposal": _disposal(row),
        "check": f"{check.get_result_display()}" if check else "",
        "checked_on": check.checked_on.isoformat() if check else None,
        "note": asset.note,
    }


def _disposal(row: Row) -> dict[str, Any] | None:
    asset = row.asset
    if asset.disposed_on is None:
        return None
    return {
        "kind": asset.get_disposal_kind_display(),
        "on": asset.disposed_on.isoformat(),
        "under": asset.get_disposed_under_display(),
        "proceeds": int(asset.proceeds),
    }
