"""Where the money of each 積算内訳 is: planned, contracted, asked for, to be paid, paid. Yen.

`money_by_line` is what the settlement of a year adds up from; `awards_money` and `line_story` are
the same figures for pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from grants.awards.api import Award
from grants.plans.api import PlanRevision, read_content

from .models import ContractLine, Invoice, InvoiceLine
from .rules import LineMoney


def money_by_line(
    *, grantee_id: Any, fiscal_year: int, paid_until: date | None = None
) -> dict[UUID, LineMoney]:
    """By the uid of a 積算内訳: what a body's contracts of one fiscal year come to, in yen.

    Lines that no concluded contract stands for are absent. With `paid_until` (the last day of the
    出納整理期間, say) a later payment counts as `payable`. One query, whatever the number of contracts.
    """
    return ContractLine.objects.of_year(grantee_id, fiscal_year).money(paid_until)


def total_of(lines: Iterable[Any]) -> LineMoney:
    """Of contract lines that came from `with_money()`."""
    parts = (LineMoney(line.amount, line.billed, line.payable, line.paid) for line in lines)
    return sum(parts, LineMoney())


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One 積算内訳 of the plan in force."""

    uid: UUID
    activity: str
    category: str
    item: str
    delivery: str
    planned: int
    money: LineMoney

    @property
    def is_over(self) -> bool:
        return self.money.contracted > self.planned


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines that go through contracts, and those contracted that the plan has no longer."""

    rows: tuple[LedgerRow, ...]
    total: LineMoney
    planned: int


def ledger_of(award: Award) -> Ledger:
    """A fixed number of queries."""
    revision = PlanRevision.objects.with_everything().get(pk=award.revision_id)
    terms = award.programme.terms()
    names = {category.code: category.name for category in terms.categories}
    money = money_by_line(grantee_id=award.grantee_id, fiscal_year=award.programme.fiscal_year)
    labels = {"contract": "委託", "subsidy": "補助"}
    rows = [
        LedgerRow(
            line.uid,
            part.title,
            names.get(line.category_code, line.category_code),
            line.item,
            labels[line.delivery],
            line.amount or 0,
            money.pop(line.uid, LineMoney()),
        )
        for part in read_content(revision).parts
        for line in part.lines
        if line.delivery in labels
    ]
    rows += _gone(award, money)
    total = sum((row.money for row in rows), LineMoney())
    return Ledger(tuple(rows), total, sum(row.planned for row in rows))


def _gone(award: Award, money: dict[UUID, LineMoney]) -> Iterable[LedgerRow]:
    """Contracted for a line that a later revision dropped: it must not vanish from the sum."""
    lines = (
        ContractLine.objects.of_year(award.grantee_id, award.programme.fiscal_year)
        .filter(line_uid__in=list(money))
        .order_by("line_uid", "pk")
        .distinct("line_uid")
    )
    for line in lines if money else ():
        yield LedgerRow(
            line.line_uid, "いまの計画にない行", "", line.item, "", 0, money[line.line_uid]
        )


@dataclass(frozen=True, slots=True)
class ContractPart:
    """One contract's share of a line, with every invoice that touches it."""

    line: Any
    money: LineMoney
    invoices: tuple[InvoiceLine, ...]


def line_story(award: Award, uid: UUID) -> list[ContractPart]:
    """Contracts, invoices and payments of one line, oldest first. A fixed number of queries."""
    lines = list(
        ContractLine.objects.of_year(award.grantee_id, award.programme.fiscal_year)
        .filter(line_uid=uid)
        .with_money()
        .select_related("contract__contractor")
        .order_by("contract__signed_on", "pk")
    )
    claims: dict[int, list[InvoiceLine]] = {line.pk: [] for line in lines}
    found = (
        InvoiceLine.objects.filter(contract_line__in=lines, invoice__in=Invoice.objects.asked_for())
        .select_related("invoice__contract")
        .order_by("invoice__billed_on", "pk")
    )
    for claim in found:
        claims[claim.contract_line_id].append(claim)
    return [
        ContractPart(
            line,
            LineMoney(line.amount, line.billed, line.payable, line.paid),
            tuple(claims[line.pk]),
        )
        for line in lines
    ]
