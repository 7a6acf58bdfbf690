"""A contract of 東京都 with a chain below it: みらい has passed a part on to はぐるま."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from grants.contractors.api import Contract, Contractor
from grants.subcontracts.api import Subcontract, Terms, write_link
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform
from tests.grants.contracts import Deal, Pair, pair_of

TODAY = date(2024, 11, 5)


@dataclass
class Links:
    """Writes, asks for and consents to links of one contract."""

    deal: Deal
    contract: Contract
    pair: Pair

    @property
    def drafter(self) -> Actor:
        return self.deal.drafter()

    @property
    def line(self) -> UUID:
        found: UUID = self.contract.lines.order_by("pk")[0].line_uid
        return found

    @property
    def activity(self) -> UUID:
        found: UUID = self.contract.activities.get().activity_uid
        return found

    def body(self, name: str = "株式会社はぐるま", number: str = "") -> Contractor:
        return self.deal.checked(self.deal.contractor(name, number))

    def terms(self, amount: int = 300_000, extent: str = "part", **given: Any) -> Terms:
        values = {
            "work": "会場の設営と受付",
            "reason": "会場の近くに事務所があり、費用が少なくて済む。",
            "starts_on": TODAY,
            "ends_on": date(2025, 3, 31),
        } | given
        return Terms(values, {self.line: amount}, {self.activity: extent})

    def written(self, body: Contractor | None = None, **given: Any) -> Subcontract:
        actor = given.pop("actor", self.pair.responsible)
        parent, replaces = given.pop("parent", None), given.pop("replaces", None)
        return write_link(
            actor=actor,
            contract=self.contract,
            body=body or self.body(),
            parent=parent,
            terms=self.terms(**given),
            replaces=replaces,
        )

    def asked(self, body: Contractor | None = None, **given: Any) -> Subcontract:
        link = self.written(body, **given)
        actor = given.get("actor", self.pair.responsible)
        return perform(Subcontract, link.pk, "request", actor).subject

    def consent(self, link: Subcontract, number: str = "6福第12号", **given: Any) -> Subcontract:
        data = {
            "document_number": read_document_number(number).value,
            "consented_on": TODAY,
            "conditions": "帳簿を保存し、検査に協力すること。",
        } | given
        return perform(Subcontract, link.pk, "consent", self.drafter, data=data).subject

    def consented(self, body: Contractor | None = None, **given: Any) -> Subcontract:
        return self.consent(self.asked(body, **given))


@pytest.fixture
def links(deal: Deal) -> Links:
    contract = deal.concluded()
    return Links(deal, contract, pair_of(deal, contract))
