"""What each recipient was paid for of the grant's eligible cost: drawn, never typed. Yen."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from uuid import UUID

from grants.awards.api import Award
from grants.contractors.api import ContractLine
from grants.settlements.api import Settlement

from .rules import state_share


def eligible_cost(settlement: Settlement) -> int:
    """Column D of 額の確定: without what examiners cut."""
    return int(json.loads(settlement.payload)["columns"]["d"])


def costs_of(award: Award, settlement: Settlement) -> dict[UUID | None, int]:
    """By contractor; what is left of the eligible cost is the body's own."""
    found: Counter[UUID | None] = Counter()
    lines = ContractLine.objects.of_year(award.grantee_id, award.programme.fiscal_year)
    subsidies = lines.filter(contract__award=award, contract__kind="subsidy").with_money()
    for contractor_id, paid in subsidies.order_by("pk").values_list(
        "contract__contractor_id", "paid"
    ):
        found[contractor_id] += paid
    found[None] = max(0, eligible_cost(settlement) - found.total())
    return dict(found)


def share_of(award: Award, settlement: Settlement) -> Fraction:
    """Of what was deducted, the state's."""
    terms = award.programme.terms()
    return state_share(
        terms.input_tax_share,
        terms.grant_rate,
        int(settlement.amount),
        eligible_cost(settlement),
    )
