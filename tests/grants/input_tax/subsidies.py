"""A body subsidised under ⑦ with what it was paid; for the tests of several rooms."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from grants.awards.api import Award
from grants.contractors.api import (
    Contract,
    ContractLine,
    Contractor,
    Invoice,
    InvoiceLine,
)
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Organisation
from tests.world import World


def subsidise(
    world: World,
    award: Award,
    name: str = "みらい",
    paid: int = 1_100_000,
    way: tuple[str, ...] = ("in_force", "ended"),
    **given: Any,
) -> Contractor:
    """A subsidy of which every yen was paid, led along the way."""
    today = timezone.localdate()
    body = Organisation.objects.create(kind=OrganisationKind.CONTRACTOR, name=name)
    contractor = Contractor.objects.create(
        grantee=award.grantee, organisation=body, name=name, kana=name, body_type="npo"
    )
    contract = Contract.objects.create(
        **{
            "contractor": contractor,
            "award": award,
            "kind": "subsidy",
            "title": f"{name}の居場所",
            "amount": paid,
            "signed_on": today,
            "starts_on": today,
            "ends_on": today,
            "method": "PRO",
            **given,
        }
    )
    line = ContractLine.objects.create(
        contract=contract,
        line_uid=uuid4(),
        activity_uid=uuid4(),
        category_code="18",
        item="補助金",
        amount=paid,
    )
    invoice = Invoice.objects.create(
        contract=contract,
        kind="final",
        billed_on=today,
        amount=paid,
        entered_by_id=world.actor(Role.DRAFTER, award.grantee).user_id,
    )
    InvoiceLine.objects.create(invoice=invoice, contract_line=line, amount=paid)
    _moved(contract, *way)
    _moved(invoice, "billed", "payable", paid_on=today)
    _moved(invoice, "paid")
    return contractor


def _moved(row: Any, *states: str, **values: Any) -> None:
    for state in states:
        row.state = state
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
