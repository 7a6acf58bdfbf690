"""A case at the end of its keeping."""

from __future__ import annotations

from typing import Any

from grants.awards.api import Award
from grants.filings.api import Filing
from grants.retention.api import Disposal, propose
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.income.earning import ask
from tests.grants.input_tax import test_way as input_tax
from tests.world import World

CONSENT = "府公第12号"


def closed(world: World, body: Organisation | None = None) -> Award:
    award = closing.award_of(world, body)
    ask(world, income_report="none")
    closing.pay(world, award)
    _, settlement = closing.settled(world, award)
    input_tax.confirm(world, input_tax.write(world, award))
    if settlement.amount == award.amount:
        closing.close(world, settlement)
    drain()
    found: Award = Award.objects.select_related("programme", "grantee", "decision").get(pk=award.pk)
    return found


def proposed(world: World, case: Award | Filing, **changed: Any) -> Disposal:
    given = {"measure": "dispose", "reason": "保存期間が満了したため。", **changed}
    return propose(actor=world.actor(Role.PROGRAMME_MANAGER), case=case, **given)


def approved(world: World, disposal: Disposal) -> Disposal:
    consent = read_document_number(CONSENT).value
    return moved(disposal, "approve_removal", world.actor(Role.DECIDER), consent=consent)


def moved(disposal: Disposal, name: str, actor: Actor, **data: Any) -> Disposal:
    found = perform(Disposal, disposal.pk, name, actor, data=data).subject
    assert isinstance(found, Disposal)
    return found
