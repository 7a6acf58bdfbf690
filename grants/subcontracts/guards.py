"""What must be so before a link moves."""

from __future__ import annotations

from collections.abc import Iterator

from grants.contractors.api import ContractState, is_responsible
from grants.guideline.api import blocking_messages
from portal.access.api import CONTRACTOR, PREFECTURE
from portal.core.actor import Actor

from .chain import chain_of
from .models import Subcontract
from .requirements import CHECKS


def by_its_writer(link: Subcontract, actor: Actor) -> Iterator[str]:
    if link.is_offices_own != (actor.role in PREFECTURE):
        yield "この操作ができるのは、承諾願を作成した側です。"
    if actor.role in CONTRACTOR and not is_responsible(link.contract, actor):
        yield "承諾を求められるのは、この契約の責任者です。"


def chain_stands(link: Subcontract, actor: Actor) -> Iterator[str]:
    """What it hangs on is in force: the contract, the link above, and the one that it replaces."""
    if link.contract.state != ContractState.IN_FORCE:
        yield "契約が効力を持っていません。"
    if link.parent is not None and not link.parent.is_in_force:
        yield f"上の{link.parent}の承諾が効力を持っていません。"
    if link.replaces is not None and not link.replaces.is_in_force:
        yield "変える前の承諾が、もう効力を持っていません。"


def terms_met(link: Subcontract, actor: Actor) -> Iterator[str]:
    """All that who asks can mend; the checks of the body are the prefecture's."""
    found = chain_of(link.contract).judgements(link)
    yield from blocking_messages(one for one in found if one.requirement.id not in CHECKS)


def all_met(link: Subcontract, actor: Actor) -> Iterator[str]:
    """As of the request; the day of the consent is judged when it is given."""
    yield from blocking_messages(chain_of(link.contract).judgements(link))
