"""Claims as people write and file them; for the tests of several rooms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award
from grants.claims.api import Claim, save_claim, start_claim
from grants.filings.api import Filing
from grants.funds.api import FundRecord, record_step
from portal.access.api import Role
from tests.world import World

ACCOUNT = {
    "bank_code": "0143",
    "bank_name": "八十二銀行",
    "branch_code": "219",
    "branch_name": "県庁内支店",
    "kind": "1",
    "number": "0012567",
    "holder": "ﾅｶﾞﾉｹﾝ ｶｲｹｲｶﾝﾘｼﾔ",
}


def step(world: World, name: str, amount: int, number: str = "府会第1号") -> FundRecord:
    return record_step(
        actor=world.actor(Role.DECIDER),
        programme=world.programme,
        step=name,
        acted_on=timezone.localdate(),
        document_number=number,
        amount=amount,
    )


def funded(world: World, amount: int) -> None:
    """予算, 示達 and 支出負担行為 of so many yen, without which no claim is paid."""
    for name in ("appropriation", "allotment", "commitment"):
        step(world, name, amount)


def claim_of(filing: Filing) -> Claim:
    found: Claim = Claim.objects.select_related(
        "filing", "award__programme", "award__grantee", "award__decision"
    ).get(filing=filing)
    return found


def save(world: World, claim: Claim, amount: int, **changed: Any) -> Claim:
    """Whole: needed in the first month, into the account above."""
    rows: dict[UUID, dict[str, Any]] = {
        row.uid: {"direct": 0, "purpose": ""} for row in claim.months.all()
    }
    first = claim.months.first()
    if first is not None:
        rows[first.uid] = {"direct": int(claim.award.amount) * 2, "purpose": "研修の謝金と会場費"}
    given: dict[str, Any] = {"reason": "委託先への支払に充てる。", "account": ACCOUNT, "rows": rows}
    return save_claim(
        actor=world.actor(Role.DRAFTER, claim.award.grantee),
        claim=claim,
        seen_version=claim.version,
        amount=amount,
        **given | changed,
    )


def written(world: World, award: Award, amount: int) -> Filing:
    filing = start_claim(actor=world.actor(Role.DRAFTER, award.grantee), award=award)
    save(world, claim_of(filing), amount)
    return filing


def filed(world: World, award: Award, amount: int) -> Filing:
    return world.submit(written(world, award, amount))


def accepted(world: World, award: Award, amount: int) -> Claim:
    reviewer = world.actor(Role.REVIEWER)
    filing = filed(world, award, amount)
    world.act(filing, "begin_review", reviewer, no_conflict=True)
    world.act(filing, "accept", reviewer)
    return claim_of(filing)
