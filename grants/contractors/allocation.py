"""充当: which lines of the plan a contract stands for, written and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.core.money import format_yen

from .models import Contract, ContractLine
from .planned import lines_for


@dataclass(frozen=True, slots=True)
class LineShare:
    """What of a contract falls on one line of the plan; yen, the price by unit price alone."""

    amount: int
    unit: str = ""
    unit_price: int | None = None


def write_lines(contract: Contract, shares: Mapping[UUID, LineShare]) -> None:
    """What has no share any more goes; lines that the plan does not have are left out."""
    kept = {line.line_uid: line for line in contract.lines.all()}
    for planned in lines_for(contract):
        share = shares.get(planned.uid)
        line = kept.pop(planned.uid, None)
        if share is None or not share.amount:
            if line is not None:
                line.delete()
            continue
        line = line or ContractLine(contract=contract, line_uid=planned.uid)
        line.activity_uid = planned.activity_uid
        line.category_code, line.item = planned.category_code, planned.item
        line.amount, line.unit, line.unit_price = share.amount, share.unit, share.unit_price
        line.save()
    for gone in kept.values():
        gone.delete()


def below_billed(contract: Contract, shares: Mapping[UUID, LineShare]) -> Iterator[str]:
    """What was asked for already cannot be agreed away."""
    asked = set(contract.invoices.values_list("lines__contract_line_id", flat=True))
    for line in contract.lines.with_money():
        share = shares.get(line.line_uid)
        new = share.amount if share else 0
        billed = line.billed + line.payable + line.paid
        if new < billed:
            yield f"「{line.item}」は、もう{format_yen(billed)}を請求しています。"
        elif not new and line.pk in asked:
            yield f"「{line.item}」には請求の記録があります。0円にはできません。"


def agreed(contract: Contract) -> dict[str, Any]:
    """What a change is told by: amount, last day and 充当."""
    lines = contract.lines.order_by("pk").values_list("line_uid", "item", "amount")
    return {
        "amount": contract.amount,
        "ends_on": contract.ends_on.isoformat(),
        "lines": [{"uid": str(uid), "item": item, "amount": amount} for uid, item, amount in lines],
    }
