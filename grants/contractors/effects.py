"""What a transition of a contract does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.guideline.api import blocking_messages
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.documents.api import Document

from .allocation import agreed, below_billed, write_lines
from .billed import billed_lines, payment_subject
from .judging import EVIDENCE, asked_of, judgements
from .models import Contract, ContractChange, Invoice
from .papers import invoice_content, make_paper
from .rules import billing_reasons, payment_reasons
from .slots import NewTerms, against_change
from .states import InvoiceState, PaperKind, TerminationGround

Data = Mapping[str, Any]


def say_contract(contract: Contract, actor: Actor, data: Data) -> None:
    data["_said"][contract.words.party] = contract.contractor.name
    data["_said"][contract.words.amount] = format_yen(contract.amount)
    if contract.is_subsidy:
        data["_said"]["間接補助"] = f"{contract.rules_name}　{contract.number}"
    else:
        data["_said"]["契約の方法"] = contract.get_method_display()
    data["_said"]["選定と確認"] = "都道府県が責任を持って行ったことを確認"


def open_evidence(contract: Contract, actor: Actor, data: Data) -> None:
    """The Cabinet Office reads the papers of a concluded contract."""
    Document.objects.of_subject(contract).filter(kind=EVIDENCE).update(is_filed=True)


def keep_what_was_asked(contract: Contract, actor: Actor, data: Data) -> None:
    """So that a later year's list is not held against it."""
    papers, contract.estimates_asked = asked_of(contract)
    contract.papers_asked = list(papers)


def say_reason(contract: Contract, actor: Actor, data: Data) -> None:
    data["_said"]["理由"] = data["reason"]


def agree_anew(contract: Contract, actor: Actor, data: Data) -> None:
    """変更契約: last day and 充当, whose sum is the new amount; before and after are kept.

    More money or more time is entrusted anew: everything that was asked of the contract is asked
    again, of the body on the day of the change (要領2(2)).
    """
    shares = data["shares"]
    terms = NewTerms({uid: share.amount for uid, share in shares.items()}, data["ends_on"])
    reasons = [*below_billed(contract, shares), *against_change(contract, terms)]
    if reasons:
        raise Refused(reasons)
    before, last = agreed(contract), contract.ends_on
    write_lines(contract, shares)
    contract.ends_on = data["ends_on"]
    contract.amount = sum(share.amount for share in shares.values())
    if contract.amount > before["amount"] or contract.ends_on > last:
        against = blocking_messages(judgements(contract, data["signed_on"]))
        if against:
            raise Refused(against)
    ContractChange.objects.create(
        contract=contract,
        number=contract.changes.count() + 1,
        signed_on=data["signed_on"],
        reason=data["reason"],
        before=before,
        after=agreed(contract),
        recorded_by_id=actor.user_id,
    )
    data["_said"][contract.words.amount] = (
        f"{format_yen(before['amount'])}から{format_yen(contract.amount)}へ"
    )
    data["_said"]["理由"] = data["reason"]


def keep_termination(contract: Contract, actor: Actor, data: Data) -> None:
    contract.terminated_on = data["terminated_on"]
    contract.termination_ground = data["ground"]
    data["_said"]["解除の理由"] = TerminationGround(data["ground"]).label
    data["_said"]["理由"] = data["reason"]


# ---- An invoice ------------------------------------------------------------------------------------


def judge_again(invoice: Invoice, actor: Actor, data: Data) -> None:
    """Under the contract's lock, so that two invoices at once do not both fit into what is left."""
    Contract.objects.select_for_update(of=("self",)).get(pk=invoice.contract_id)
    reasons = list(billing_reasons(invoice.kind, billed_lines(invoice)))
    if invoice.state == InvoiceState.BILLED:
        reasons += payment_reasons(payment_subject(invoice))
    if reasons:
        raise Refused(reasons)


def seal_invoice(invoice: Invoice, actor: Actor, data: Data) -> None:
    """What the contractor asks for comes out as 請求書; one that came on paper is there already."""
    if not invoice.is_offices_own:
        make_paper(
            actor=actor,
            contract=invoice.contract,
            kind=PaperKind.INVOICE,
            said=invoice_content(invoice),
        )


def say_invoice(invoice: Invoice, actor: Actor, data: Data) -> None:
    invoice.return_reason = ""
    data["_said"]["請求"] = invoice.get_kind_display()
    data["_said"]["請求額"] = format_yen(invoice.amount)


def keep_return(invoice: Invoice, actor: Actor, data: Data) -> None:
    invoice.return_reason = data["reason"]
    data["_said"]["理由"] = data["reason"]


def keep_payment(invoice: Invoice, actor: Actor, data: Data) -> None:
    invoice.paid_on = data["paid_on"]
    invoice.voucher_number = data["voucher_number"]
    data["_said"]["支払額"] = format_yen(invoice.amount)
    data["_said"]["支払日"] = data["paid_on"].isoformat()
