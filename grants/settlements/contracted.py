"""What was contracted under an award: the one place where a report asks for it."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from grants.awards.api import Award
from grants.contractors.api import (
    CONCLUDED,
    Contract,
    ContractLine,
    ContractState,
    LineMoney,
    money_by_line,
)

from .rules import Contracted


def contracts_of(award: Award) -> tuple[Contracted, ...]:
    """Those that came into force, by day; three queries."""
    found = _concluded(award).select_related("contractor").order_by("signed_on", "title", "id")
    return tuple(
        Contracted(
            uid=one.pk,
            title=f"{one.title}（解除）" if _is_terminated(one) else one.title,
            contractor=one.contractor.name,
            activities="、".join(activity.title for activity in one.activities.all()),
            amount=_standing(one),
            method=one.get_method_display(),
        )
        for one in found
    )


def _concluded(award: Award) -> QuerySet[Contract]:
    lines = Prefetch("lines", ContractLine.objects.with_money())
    return Contract.objects.filter(award=award, state__in=CONCLUDED).prefetch_related(
        "activities", lines
    )


def _is_terminated(contract: Contract) -> bool:
    return contract.state == ContractState.TERMINATED


def _standing(contract: Contract) -> int:
    """Yen; of a terminated contract only what was asked for of the work done until then."""
    if not _is_terminated(contract):
        return int(contract.amount)
    return sum(line.billed + line.payable + line.paid for line in contract.lines.all())


def money_of_lines(award: Award) -> dict[UUID, LineMoney]:
    """What the contracts' own records say of each line that goes through one, by its uid. One query."""
    return money_by_line(grantee_id=award.grantee_id, fiscal_year=award.programme.fiscal_year)


def contracted_by_activity(award: Award) -> dict[UUID, int]:
    """Yen of the contracts that name an activity; one that names several counts for each."""
    found: dict[UUID, int] = defaultdict(int)
    for contract in _concluded(award).order_by("signed_on", "id"):
        for activity in contract.activities.all():
            found[activity.activity_uid] += _standing(contract)
    return dict(found)
