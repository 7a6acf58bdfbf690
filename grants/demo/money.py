"""What contracts were paid: declared, inspected, billed and paid, as people would do it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from grants.contractors.api import (
    Contract,
    FundingKind,
    FundingStage,
    Invoice,
    InvoiceKind,
    LineClaim,
    declare_funding,
    record_acceptance,
    write_invoice,
)
from portal.access.api import Role
from portal.core.actor import Actor
from portal.workflow.api import perform

from .people import Cast

_QUARTER = timedelta(days=91)


def load_money(cast: Cast, contract: Contract) -> None:
    """A quarter of the contract after each quarter that is over; the last one is still on its way."""
    drafter = cast.actor(contract.contractor.grantee, Role.DRAFTER)
    responsible = cast.actor(contract.contractor.organisation, Role.RESPONSIBLE)
    _declare(contract, responsible)
    today = timezone.localdate()
    ends = [contract.starts_on + _QUARTER * n for n in (1, 2, 3)]
    over = sum(day + timedelta(days=20) < today for day in ends)
    for number in range(1, over + 1):
        invoice = _bill(contract, responsible, number)
        _inspect(contract, drafter, number, invoice.amount)
        if number < over:
            _pay(invoice, drafter)
        elif number > 1:
            perform(Invoice, invoice.pk, "accept", drafter)


def _declare(contract: Contract, responsible: Actor) -> None:
    last = contract.lines.order_by("pk").last()
    assert last is not None
    declare_funding(
        actor=responsible,
        contract=contract,
        stage=FundingStage.START,
        declared_on=contract.starts_on + timedelta(days=7),
        items=[
            {
                "contract_line": last,
                "kind": FundingKind.MUNICIPAL,
                "name": "市の地域活動補助（会場の備品）",
                "amount": 60_000,
            }
        ],
    )


def _bill(contract: Contract, responsible: Actor, number: int) -> Invoice:
    """A quarter of each line, in whole yen."""
    claims = {line.pk: LineClaim(line.amount // 4) for line in contract.lines.all()}
    amount = sum(claim.amount for claim in claims.values())
    invoice = write_invoice(
        actor=responsible,
        contract=contract,
        values={
            "kind": InvoiceKind.PART,
            "number": f"請{number:02}",
            "billed_on": contract.starts_on + _QUARTER * number + timedelta(days=5),
            "tax_amount": amount * 10 // 110,
            "note": f"第{number}四半期分",
        },
        claims=claims,
    )
    perform(Invoice, invoice.pk, "bill", responsible)
    return invoice


def _inspect(contract: Contract, drafter: Actor, number: int, amount: int) -> None:
    record_acceptance(
        actor=drafter,
        contract=contract,
        values={
            "kind": "part",
            "result": "passed",
            "inspected_on": contract.starts_on + _QUARTER * number + timedelta(days=8),
            "inspector": drafter.name,
            "attended_by": contract.contractor.representative,
            "amount": amount,
            "findings": f"第{number}四半期の月報と参加簿を照らし、仕様書のとおり行われたことを確かめた。",
        },
    )


def _pay(invoice: Invoice, drafter: Actor) -> None:
    perform(Invoice, invoice.pk, "accept", drafter)
    data = {
        "paid_on": invoice.billed_on + timedelta(days=14),
        "voucher_number": f"支-{invoice.billed_on:%m%d}",
    }
    perform(Invoice, invoice.pk, "pay", drafter, data=data)
