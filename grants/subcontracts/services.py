"""Verbs of a chain that are not transitions: writing a link, inviting, telling who was paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from grants.contractors.api import (
    Contract,
    Contractor,
    Invoice,
    invite_person,
    register_contractor,
)
from portal.access.api import PREFECTURE, Role
from portal.accounts.api import Invitation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.core.problems import Refused, Stale

from .chain import Chain, chain_of
from .models import Payee, Subcontract, SubcontractActivity, SubcontractShare
from .rules import PaidLine, payee_reasons


@dataclass(frozen=True, slots=True)
class Terms:
    """What goes on: yen by the uid of a line, the extent by the uid of an activity."""

    values: Mapping[str, Any]
    shares: Mapping[UUID, int]
    extents: Mapping[UUID, str]


def body_for(
    *, actor: Actor, contract: Contract, number: str, values: Mapping[str, Any]
) -> Contractor:
    """A body as it was typed: the one that the prefecture knows by its 法人番号, or a new one.

    Raises Refused for a number that is an office's own.
    """
    grantee = contract.contractor.grantee_id
    known = (
        number
        and (
            Contractor.objects.filter(grantee_id=grantee, organisation__corporate_number=number)
        ).first()
    )
    if known:
        return known
    return register_contractor(
        actor=actor, corporate_number=number, values=values, grantee_id=grantee
    )


def write_link(
    *,
    actor: Actor,
    contract: Contract,
    body: Contractor,
    parent: Subcontract | None,
    terms: Terms,
    replaces: Subcontract | None = None,
) -> Subcontract:
    """A draft of this side. Raises Refused while another change of the same consent is open."""
    with transaction.atomic():
        if replaces is not None:
            _one_change_at_a_time(replaces)
        link = Subcontract.objects.create(
            contract=contract,
            contractor=body,
            parent=parent,
            replaces=replaces,
            amount=sum(terms.shares.values()),
            is_offices_own=actor.role in PREFECTURE,
            entered_by_id=actor.user_id,
            **terms.values,
        )
        _write_parts(link, terms)
        _say(actor, link, "subcontracts.write", "再委託の承諾願を作成する")
    return link


def _one_change_at_a_time(replaced: Subcontract) -> None:
    Subcontract.objects.select_for_update(of=("self",)).get(pk=replaced.pk)
    if replaced.changes.open().exists():
        raise Refused(["この再委託の変更は、もう求めています。先にそれを終えてください。"])


def edit_link(*, actor: Actor, link: Subcontract, seen_version: int, terms: Terms) -> None:
    """While its writers have it. Raises Refused and Stale."""
    with transaction.atomic():
        locked = Subcontract.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if not locked.is_writable:
            raise Refused(["承諾を求めた後は、差戻しがあるまで変えられません。"])
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for name, value in terms.values.items():
            setattr(locked, name, value)
        locked.amount = sum(terms.shares.values())
        locked.version += 1
        locked.save()
        locked.shares.all().delete()
        locked.activities.all().delete()
        _write_parts(locked, terms)
        _say(actor, locked, "subcontracts.edit", "再委託の承諾願を変える")


def _write_parts(link: Subcontract, terms: Terms) -> None:
    """What the contract does not have is left out."""
    SubcontractShare.objects.bulk_create(
        SubcontractShare(
            subcontract=link,
            line_uid=line.line_uid,
            item=line.item,
            amount=terms.shares[line.line_uid],
        )
        for line in link.contract.lines.order_by("pk")
        if terms.shares.get(line.line_uid)
    )
    SubcontractActivity.objects.bulk_create(
        SubcontractActivity(
            subcontract=link,
            activity_uid=one.activity_uid,
            type_code=one.type_code,
            name=one.name,
            extent=terms.extents[one.activity_uid],
        )
        for one in link.contract.activities.all()
        if terms.extents.get(one.activity_uid)
    )


def _say(actor: Actor, link: Subcontract, verb: str, label: str) -> None:
    record(
        actor,
        verb,
        label,
        link,
        case_id=link.case_id,
        data={
            "said": {"再委託先": link.contractor.name, "再委託する額": format_yen(link.amount)},
        },
        visibility=Visibility.ORGANISATION,
    )


def invite_recorder(*, actor: Actor, link: Subcontract, email: str, name: str) -> Invitation:
    """入力担当 alone, for the activities of the body's consents in force. Raises Refused."""
    with transaction.atomic():
        locked = Subcontract.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if not locked.is_in_force:
            raise Refused(["承諾が効力を持つ間だけ、招待できます。"])
        mine = Subcontract.objects.in_force().filter(
            contract_id=link.contract_id,
            contractor__organisation=link.contractor.organisation,
        )
        return invite_person(
            actor=actor,
            contract=link.contract,
            role=Role.RECORDER,
            email=email,
            name=name,
            sub_body=link.contractor.organisation,
            activity_uids=set(mine.values_list("activities__activity_uid", flat=True)),
        )


# ---- 支払先の内訳 -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaidOn:
    """One payment that the contractor tells of: to a link, or to `name` without a consent. Yen."""

    link: Subcontract | None
    name: str
    line: UUID
    amount: int
    paid_on: date


def tell_payees(*, actor: Actor, invoice: Invoice, rows: Iterable[PaidOn]) -> None:
    """Replaces what was told of this invoice. Raises Refused for more than was billed or consented."""
    told = list(rows)
    with transaction.atomic():
        Contract.objects.select_for_update(of=("self",)).get(pk=invoice.contract_id)
        chain = chain_of(invoice.contract)
        claims = invoice.lines.select_related("contract_line")
        billed = {claim.contract_line.line_uid: claim.amount for claim in claims}
        reasons = list(payee_reasons(_plain(told, chain, invoice), billed, chain.items))
        if reasons:
            raise Refused(reasons)
        invoice.payees.all().delete()
        Payee.objects.bulk_create(
            Payee(
                invoice=invoice,
                link=one.link,
                name=one.name,
                line_uid=one.line,
                item=chain.items[one.line],
                amount=one.amount,
                paid_on=one.paid_on,
                told_by_id=actor.user_id,
            )
            for one in told
        )
        record(
            actor,
            "subcontracts.tell",
            "請求の支払先の内訳を入力する",
            invoice,
            article="要領2(2)",
            case_id=invoice.case_id,
            data={
                "said": {
                    "支払先": "、".join(dict.fromkeys(map(_name, told))) or "なし",
                    "支払った額": format_yen(sum(one.amount for one in told)),
                }
            },
            visibility=Visibility.ORGANISATION,
        )


def _name(one: PaidOn) -> str:
    return one.link.contractor.name if one.link else f"{one.name}（承諾なし）"


def _plain(told: list[PaidOn], chain: Chain, invoice: Invoice) -> list[PaidLine]:
    paid = Payee.objects.paid_on_before(invoice)
    found = []
    for one in told:
        link = one.link
        if link is None:
            found.append(PaidLine(one.line, one.name, one.amount, is_known=False))
            continue
        shares = {share.line_uid: share.amount for share in link.shares.all()}
        before = sum(paid.get((pk, one.line), 0) for pk in chain.lineage(link))
        found.append(
            PaidLine(
                one.line,
                link.contractor.name,
                one.amount,
                is_known=True,
                consented=shares.get(one.line, 0),
                before=before,
            )
        )
    return found
