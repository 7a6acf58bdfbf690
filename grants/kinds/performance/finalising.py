"""What a decider reads before the amount is fixed."""

from __future__ import annotations

from typing import Any

from grants.filings.api import Filing, SealedVersion
from grants.settlements.api import difference, examined_lines, fixed_amount, recompute


def finalise_context(filing: Filing, sealed: SealedVersion) -> dict[str, Any]:
    lines = examined_lines(filing, sealed)
    award = filing.performance.award
    table = recompute(sealed, lines, filing.programme.terms())
    fixed = fixed_amount(int(award.amount), table.g)
    received = award.payments.standing().total()
    ordered = award.refund_orders.towards_the_amount().total()
    return {
        "table": table,
        "decided": int(award.amount),
        "fixed": fixed,
        "received": received,
        "ordered": ordered,
        "difference": difference(
            received=received, ordered=ordered, decided=int(award.amount), fixed=fixed
        ),
        "cut_lines": [line for line in lines if line.cut],
    }
