"""A contract of 東京都 in October 2024, for the tests of contractors and of records.

The sample month is that of `tests/samples`; the clock stands in November 2024, so that the month is
over and its report is due.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants.awards.api import Award
from grants.contractors.api import (
    Contract,
    Contractor,
    ContractPerson,
    add_estimate,
    add_evidence,
    allocate_in_order,
    asked_of,
    prepare_contract,
    record_check,
    register_contractor,
)
from grants.demo.stories import MIXED, LineStory, PlanStory
from grants.plans.api import platform_uid
from grants.records.api import PeriodReport
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.outbox.models import Message
from portal.workflow.api import perform
from tests.world import World, client_of

NOW = "2024-11-05 10:00+09:00"
CHECKED_UNTIL = date(2025, 3, 31)
SECRETARIAT = LineStory(
    "12", "事務局の運営", "会議4回の準備と記録", "contract", "1", "式", 1_200_000
)
WITH_SECRETARIAT = replace(MIXED, platform_lines=(*MIXED.platform_lines, SECRETARIAT))


SUBSIDY: dict[str, Any] = {
    "method": "",
    "rules_name": "居場所づくり補助金交付要綱",
    "rules_on": date(2024, 3, 1),
    "applied_on": date(2024, 3, 15),
    "subsidy_basis": "fixed",
    "tax_status": "exempt",
}


@dataclass
class Deal:
    """The world, the award of 東京都, and everything that hangs on it."""

    world: World
    tokyo: Organisation
    award: Award

    def drafter(self, body: Organisation | None = None) -> Actor:
        return self.world.actor(Role.DRAFTER, body or self.tokyo)

    def activity(self, code: str, award: Award | None = None) -> Any:
        revision = (award or self.award).revision
        if code == "PF":
            return platform_uid(revision.plan_id)
        return revision.activities.get(type_code=code).uid

    def contractor(
        self,
        name: str = "特定非営利活動法人みらい",
        number: str = "",
        body: Organisation | None = None,
    ) -> Contractor:
        values = {
            "name": name,
            "kana": "みらい",
            "body_type": "npo",
            "representative": "見本 花子",
            "address": "東京都八王子市元本郷町0",
        }
        return register_contractor(actor=self.drafter(body), corporate_number=number, values=values)

    def check(self, contractor: Contractor, kind: str, **given: Any) -> None:
        values = {
            "result": "clear",
            "pledged_on": date(2024, 3, 20),
            "reviewer": "確認 担当",
            "reviewed_on": date(2024, 3, 25),
            "expires_on": CHECKED_UNTIL,
            "source": "定款、活動の報告、県警の回答",
            "reason": "定款と活動の報告を読み、役員の照会の回答を受けた。",
        }
        drafter = self.world.actor(Role.DRAFTER, contractor.grantee)
        record_check(actor=drafter, contractor=contractor, kind=kind, **(values | given))

    def checked(self, contractor: Contractor) -> Contractor:
        for kind in ("religious", "political", "organised_crime"):
            self.check(contractor, kind)
        return contractor

    def values(self, **given: Any) -> dict[str, Any]:
        return (
            {
                "title": "居場所の運営",
                "number": "6-福-1",
                "kind": "contract",
                "amount": 1_800_000,
                "signed_on": date(2024, 4, 1),
                "starts_on": date(2024, 4, 1),
                "ends_on": date(2025, 3, 31),
                "method": "PRO",
                "ground": "",
                "ground_reason": "",
                "selection_reason": "公募により2者の提案を受け、採点して選んだ。",
                "due_day": 10,
                "same_person_may_submit": False,
                "settlement": "fixed",
                "tax_status": "taxable",
            }
            | (SUBSIDY if given.get("kind") == "subsidy" else {})
            | given
        )

    def prepare(self, contractor: Contractor, codes: str = "07", **given: Any) -> Contract:
        contract = prepare_contract(
            actor=self.world.actor(Role.DRAFTER, contractor.grantee),
            contractor=contractor,
            award=self.award_of(contractor.grantee),
            activities=[
                self.activity(code, self.award_of(contractor.grantee)) for code in codes.split()
            ],
            values=self.values(**given),
        )
        allocate_in_order(
            actor=self.world.actor(Role.DRAFTER, contractor.grantee), contract=contract
        )
        paper = SimpleUploadedFile("選定結果.csv", "者,点\n提案者1,86\n".encode())
        drafter = self.world.actor(Role.DRAFTER, contractor.grantee)
        papers, estimates = asked_of(contract)
        add_evidence(actor=drafter, contract=contract, upload=paper, names=papers)
        for number in range(estimates):
            add_estimate(
                actor=drafter,
                contract=contract,
                name=f"見積り{number + 1}",
                amount=contract.amount + number * 10_000,
                given_on=date(2024, 3, 15),
                is_chosen=not number,
            )
        return contract

    def award_of(self, grantee: Organisation) -> Award:
        return Award.objects.select_related("programme", "decision", "revision").get(
            grantee=grantee
        )

    def secretariat(self, **given: Any) -> Contract:
        """Concluded for the line of `WITH_SECRETARIAT`."""
        terms = {"codes": "PF", "title": "事務局の運営", "amount": 1_200_000}
        return self.concluded(**(terms | given))

    def conclude(self, contract: Contract) -> Contract:
        drafter = self.world.actor(Role.DRAFTER, contract.contractor.grantee)
        return perform(
            Contract, contract.pk, "conclude", drafter, data={"is_answered_for": True}
        ).subject

    def concluded(self, name: str = "特定非営利活動法人みらい", **given: Any) -> Contract:
        body = given.pop("body", None)
        contractor = self.checked(self.contractor(name, body=body))
        return self.conclude(self.prepare(contractor, **given))

    def join(self, contract: Contract, role: str, name: str, login: str) -> Actor:
        """A person of the body, put on this contract."""
        organisation = contract.contractor.organisation
        actor = self.world.cast.add(organisation, role, name, login, signs_in=False)
        ContractPerson.objects.create(contract=contract, user_id=actor.user_id, role=role)
        return actor

    def month(self, contract: Contract, month: date = date(2024, 10, 1)) -> PeriodReport:
        return PeriodReport.objects.get(contract=contract, month=month)


@dataclass
class Pair:
    """入力担当 and 責任者 of one contract, signed in."""

    recorder: Actor
    responsible: Actor

    @property
    def recorders_client(self) -> Client:
        return client_of(self.recorder)

    @property
    def responsibles_client(self) -> Client:
        return client_of(self.responsible)


def pair_of(deal: Deal, contract: Contract, word: str = "mirai") -> Pair:
    return Pair(
        deal.join(contract, Role.RECORDER, "入力 花子", f"recorder@{word}.example"),
        deal.join(contract, Role.RESPONSIBLE, "責任 太郎", f"responsible@{word}.example"),
    )


def make_deal(world: World, story: PlanStory = MIXED) -> Deal:
    tokyo = world.bodies["13"]
    world.filing("decided", tokyo, story)
    # The papers of the application are the business of other tests, and slow to make.
    Message.objects.all().delete()
    award = Award.objects.select_related("programme", "decision", "revision").get(grantee=tokyo)
    return Deal(world, tokyo, award)
