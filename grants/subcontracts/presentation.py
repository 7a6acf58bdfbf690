"""The chain as pages show it: a tree with what is missing, the money told of, what an invoice says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Sum

from grants.contractors.api import Contract, ContractLine, Invoice, Place, Section, is_responsible
from portal.access.api import CONTRACTOR, decide
from portal.core.actor import Actor

from .chain import Chain, chain_of
from .models import Payee, Subcontract
from .requirements import CHECKS
from .states import LinkState


@dataclass(frozen=True, slots=True)
class Node:
    """A link with those below it; `missing` says what it lacks, `paid` what invoices say (yen)."""

    link: Subcontract
    missing: tuple[str, ...]
    paid: int
    children: tuple[Node, ...]


def tree_of(chain: Chain, actor: Actor) -> tuple[Node, ...]:
    """Neither withdrawn nor replaced ones. A fixed number of queries."""
    seen = Subcontract.objects.for_user(actor).told().filter(contract=chain.contract)
    shown = list(seen.values_list("pk", flat=True))
    rows = Payee.objects.counted().filter(invoice__contract=chain.contract, link__isnull=False)
    paid = dict(rows.order_by().values_list("link_id").annotate(total=Sum("amount")))
    links = [chain.by_id[pk] for pk in shown]
    inside = {link.pk for link in links}

    def nodes(parent: UUID | None) -> tuple[Node, ...]:
        return tuple(
            Node(
                link,
                missing_of(chain, link, actor),
                sum(int(paid.get(pk, 0)) for pk in chain.lineage(link)),
                nodes(link.pk),
            )
            for link in links
            if (link.parent_id if link.parent_id in inside else None) == parent
        )

    return nodes(None)


def missing_of(chain: Chain, link: Subcontract, actor: Actor) -> tuple[str, ...]:
    """Of one that waits or is in force; what checks say is for offices alone."""
    if link.state not in (LinkState.REQUESTED, LinkState.CONSENTED):
        return ()
    is_body = actor.role in CONTRACTOR
    found = [
        problem.message
        for one in chain.judgements(link)
        if not (is_body and one.requirement.id in CHECKS)
        for problem in one.problems
    ]
    if link.is_in_force and not is_body:
        found += chain.lapsed(link)
    return tuple(dict.fromkeys(found))


def _of_contract(contract: Contract, actor: Actor) -> Mapping[str, Any] | None:
    if not contract.is_concluded:
        return None
    chain = chain_of(contract)
    passed = sum(link.amount for link in chain.below(None))
    is_mine = actor.role not in CONTRACTOR or is_responsible(contract, actor)
    return {
        "contract": contract,
        "nodes": tree_of(chain, actor),
        "passed": passed,
        "share": passed * 100 // contract.amount if contract.amount else 0,
        "may_write": is_mine and bool(decide(actor, "subcontracts.write", contract)),
        "is_subsidy": contract.kind == "subsidy",
    }


def _of_invoice(invoice: Invoice, actor: Actor) -> Mapping[str, Any]:
    is_mine = actor.role not in CONTRACTOR or is_responsible(invoice.contract, actor)
    payees = list(invoice.payees.select_related("link__contractor").order_by("pk"))
    return {
        "invoice": invoice,
        "payees": payees,
        "total": sum(one.amount for one in payees),
        "own": invoice.amount - sum(one.amount for one in payees),
        "may_tell": is_mine and bool(decide(actor, "subcontracts.tell", invoice)),
    }


def _of_line(line: ContractLine, actor: Actor) -> Mapping[str, Any] | None:
    """Who below the contract has money of this line, and what of it invoices say was paid."""
    links = (
        Subcontract.objects.for_user(actor)
        .filter(contract_id=line.contract_id, shares__line_uid=line.line_uid)
        .filter(state__in=(LinkState.CONSENTED, LinkState.ENDED, LinkState.REVOKED))
        .select_related("contractor", "parent__contractor", "contract__contractor")
        .prefetch_related("shares")
    )
    payees = (
        Payee.objects.counted()
        .filter(invoice__contract_id=line.contract_id, line_uid=line.line_uid)
        .select_related("link__contractor", "invoice__contract")
        .order_by("paid_on", "pk")
    )
    rows = [
        (link, next(s.amount for s in link.shares.all() if s.line_uid == line.line_uid))
        for link in links.order_by("created_at")
    ]
    told = list(payees)
    return {"line": line, "rows": rows, "payees": told} if rows or told else None


SECTIONS = (
    Section(Place.CONTRACT, "subcontracts/of_contract.html", _of_contract),
    Section(Place.INVOICE, "subcontracts/of_invoice.html", _of_invoice),
    Section(Place.LINE, "subcontracts/of_line.html", _of_line),
)
