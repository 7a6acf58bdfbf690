"""What was contracted under an award: the one place where a report asks for it."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from grants.awards.api import Award
from grants.contractors.api import Contract, ContractState, LineMoney, money_by_line

from .rules import Contracted

_COUNTED = (ContractState.IN_FORCE, ContractState.ENDED)


def contracts_of(award: Award) -> tuple[Contracted, ...]:
    """Those that came into force, by day; two queries."""
    found = (
        Contract.objects.filter(award=award, state__in=_COUNTED)
        .select_related("contractor")
        .prefetch_related("activities")
        .order_by("signed_on", "title", "id")
    )
    return tuple(
        Contracted(
            uid=one.pk,
            title=one.title,
            contractor=one.contractor.name,
            activities="、".join(activity.title for activity in one.activities.all()),
            amount=int(one.amount),
            method=one.get_method_display(),
        )
        for one in found
    )


def money_of_lines(award: Award) -> dict[UUID, LineMoney]:
    """What the contracts' own records say of each line that goes through one, by its uid. One query."""
    return money_by_line(grantee_id=award.grantee_id, fiscal_year=award.programme.fiscal_year)


def contracted_by_activity(award: Award) -> dict[UUID, int]:
    """Yen of the contracts that name an activity; one that names several counts for each."""
    found: dict[UUID, int] = defaultdict(int)
    contracts = Contract.objects.filter(award=award, state__in=_COUNTED)
    for contract in contracts.prefetch_related("activities").order_by("signed_on", "id"):
        for activity in contract.activities.all():
            found[activity.activity_uid] += int(contract.amount)
    return dict(found)
