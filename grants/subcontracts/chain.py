"""The chain below a contract, read once and put before the rules. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.contractors.api import CheckKind, Contract, NewTerms, exclusion_reasons
from grants.guideline.api import Judgement, Subject, judge

from .models import Subcontract
from .rules import Link, LinkSubject, Reach, change_reasons, reach
from .states import Extent


@dataclass
class Chain:
    """Every link of a contract, whatever became of it."""

    contract: Contract
    links: list[Subcontract]
    top: Link
    items: dict[UUID, str]
    names: dict[UUID, str]
    by_id: dict[UUID, Subcontract] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {link.pk: link for link in self.links}

    @property
    def in_force(self) -> list[Subcontract]:
        return [link for link in self.links if link.is_in_force]

    def below(self, parent: UUID | None) -> list[Subcontract]:
        """In force, directly below a link; below the contract with None."""
        return [link for link in self.in_force if link.parent_id == parent]

    def above(self, link: Subcontract) -> list[Subcontract]:
        """From the contract's own down to the one directly above."""
        found: list[Subcontract] = []
        parent = self.by_id.get(link.parent_id) if link.parent_id else None
        while parent is not None and parent not in found:
            found.insert(0, parent)
            parent = self.by_id.get(parent.parent_id) if parent.parent_id else None
        return found

    def lineage(self, link: Subcontract) -> list[UUID]:
        """It and those that it replaced."""
        found, one = [], link
        while one.pk not in found:
            found.append(one.pk)
            one = self.by_id.get(one.replaces_id, one) if one.replaces_id else one
        return found

    def subject_of(self, link: Subcontract, day: date) -> LinkSubject:
        above = self.above(link)
        beside = [
            one for one in self.below(link.parent_id) if one.pk not in (link.pk, link.replaces_id)
        ]
        grantee = self.contract.contractor.grantee_id
        return LinkSubject(
            link=_plain(link),
            above=(self.top, *(_plain(one) for one in above)),
            beside=tuple(_plain(one) for one in beside),
            below=tuple(_plain(one) for one in self.below(link.replaces_id or link.pk)),
            items=self.items,
            names=self.names,
            organisation=link.contractor.organisation_id,
            prefecture=grantee,
            organisations_above=(
                self.contract.contractor.organisation_id,
                *(one.contractor.organisation_id for one in above),
            ),
            deepest=self.contract.award.programme.terms().subcontract_depth,
            day=day,
            begun_on=link.begun_on,
        )

    def judgements(self, link: Subcontract, day: date | None = None) -> list[Judgement]:
        """On the day of the consent, of the request, or today."""
        when = day or link.consented_on or link.requested_on or timezone.localdate()
        return judge(Subject.SUBCONTRACT, self.subject_of(link, when))

    def lapsed(self, link: Subcontract) -> Iterator[str]:
        """What a consent in force no longer has today, of the three grounds."""
        for kind in CheckKind.values:
            yield from exclusion_reasons(link.contractor.findings(), kind, timezone.localdate())

    def reach_of(self, link: Subcontract, article: str = "") -> Reach:
        kinds = [self.contract.kind, *(one.kind for one in self.above(link)), link.kind]
        return reach(kinds, self.contract.title, article, link.document_number)


def chain_of(contract: Contract) -> Chain:
    links: list[Any] = list(
        Subcontract.objects.filter(contract=contract)
        .for_lists()
        .prefetch_related("contractor__checks")
        .order_by("created_at", "pk")
    )
    for link in links:
        # One instance, so that its year's terms are read once.
        link.contract = contract
    lines = list(contract.lines.all())
    activities = list(contract.activities.all())
    top = Link(
        body=contract.contractor_id,
        name=contract.contractor.name,
        kind=contract.kind,
        shares={line.line_uid: line.amount for line in lines},
        activities={one.activity_uid: True for one in activities},
        starts_on=contract.starts_on,
        ends_on=contract.last_day,
        findings=tuple(contract.contractor.findings()),
    )
    items = {line.line_uid: line.item for line in lines}
    return Chain(contract, links, top, items, {one.activity_uid: str(one) for one in activities})


def _plain(link: Subcontract) -> Link:
    return Link(
        body=link.contractor_id,
        name=link.contractor.name,
        kind=link.kind,
        shares={share.line_uid: share.amount for share in link.shares.all()},
        activities={one.activity_uid: one.extent == Extent.WHOLE for one in link.activities.all()},
        starts_on=link.starts_on,
        ends_on=link.ends_on,
        findings=tuple(link.contractor.findings()),
    )


def against_change(contract: Contract, terms: NewTerms) -> Iterator[str]:
    """What was passed on and would no longer fit into the contract as agreed anew."""
    chain = chain_of(contract)
    new = Link(
        body=chain.top.body,
        name=chain.top.name,
        kind=chain.top.kind,
        shares=dict(terms.shares),
        activities=chain.top.activities,
        starts_on=contract.starts_on,
        ends_on=terms.ends_on,
    )
    yield from change_reasons(new, [_plain(link) for link in chain.below(None)], chain.items)
