from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.filings.api import Filing
from grants.settlements.api import draw_payments, expected_in
from grants.settlements.api import finalise as fix
from portal.core.actor import Actor
from portal.core.money import format_yen

Data = Mapping[str, Any]


def open_for_payments(filing: Filing, actor: Actor, data: Data) -> None:
    """The report comes back to its writers; what contracts paid since is drawn in."""
    data["_said"]["支払見込額"] = format_yen(expected_in(filing))
    draw_payments(filing.performance)


def finalise(filing: Filing, actor: Actor, data: Data) -> None:
    made = fix(
        actor=actor,
        filing=filing,
        number=data["document_number"],
        decided_on=data["decided_on"],
        issued_on=data["issued_on"],
    )
    data["_said"]["確定額"] = format_yen(made.amount)
    data["_said"]["文書番号"] = made.document_number
