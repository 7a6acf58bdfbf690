"""What must be so before a contract moves."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.awards.api import AwardState, not_suspended
from grants.guideline.api import blocking_messages
from portal.access.api import CONTRACTOR, PREFECTURE, Role
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday

from .billed import billed_lines, payment_subject, receipts_of
from .judging import judgements
from .models import Contract, ContractPerson, Invoice
from .rules import billing_reasons, payment_reasons
from .states import CONCLUDED, InvoiceKind, Settlement


def requirements_met(contract: Contract, actor: Actor) -> Iterator[str]:
    yield from blocking_messages(judgements(contract))


def award_in_force(contract: Contract, actor: Actor) -> Iterator[str]:
    if contract.award.state != AwardState.IN_FORCE:
        yield "交付決定が効力を持っていません。"


def work_goes_on(contract: Contract, actor: Actor) -> Iterator[str]:
    yield from not_suspended(contract.award)


def period_over(contract: Contract, actor: Actor) -> Iterator[str]:
    if timezone.localdate() <= contract.ends_on:
        yield f"{contract.words.noun}の期間（{day_with_weekday(contract.ends_on)}まで）が終わっていません。"


# ---- An invoice ------------------------------------------------------------------------------------


def by_its_writer(invoice: Invoice, actor: Actor) -> Iterator[str]:
    if invoice.is_offices_own != (actor.role in PREFECTURE):
        yield "この操作ができるのは、請求を作成した側です。"


def may_bill(invoice: Invoice, actor: Actor) -> Iterator[str]:
    """A contract that was concluded, and of the body its 責任者 alone."""
    if invoice.contract.state not in CONCLUDED:
        yield "契約が登録されていません。"
    if actor.role in CONTRACTOR:
        people = ContractPerson.objects.of(actor).filter(
            contract_id=invoice.contract_id, role=Role.RESPONSIBLE
        )
        if not people.exists():
            yield "請求できるのは、この契約の責任者です。"


def within_contract(invoice: Invoice, actor: Actor) -> Iterator[str]:
    yield from billing_reasons(invoice.kind, billed_lines(invoice))


def receipts_there(invoice: Invoice, actor: Actor) -> Iterator[str]:
    """Only where the spending itself is settled; a fixed price or a unit price is not looked into."""
    is_asked = invoice.contract.settlement == Settlement.ACTUAL and invoice.kind in (
        InvoiceKind.PART,
        InvoiceKind.FINAL,
    )
    if is_asked and not receipts_of(invoice).exists():
        what = "補助率による補助" if invoice.contract.is_subsidy else "概算契約"
        yield f"{what}の精算には、領収書などの資料が必要です。資料を追加してください。"


def may_be_paid(invoice: Invoice, actor: Actor) -> Iterator[str]:
    yield from billing_reasons(invoice.kind, billed_lines(invoice))
    yield from payment_reasons(payment_subject(invoice))
