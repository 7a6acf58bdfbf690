"""A change of an award in force, as people bring it about; for the tests of several rooms."""

from __future__ import annotations

from typing import Any

from grants.awards.api import Award
from grants.changes.api import ChangeRequest, Reallocation, reallocate, save_request, start_change
from grants.filings.api import Filing
from grants.plans.api import BudgetLine
from portal.access.api import Role
from tests.world import World


def lines_of(award: Award) -> list[BudgetLine]:
    """The eligible lines of the plan in force, the largest first."""
    found = award.revision.lines.filter(is_eligible=True, amount__gt=0)
    return list(found.order_by("-amount", "order", "pk"))


def set_amount(filing: Filing, uid: Any, amount: int) -> None:
    """One line of the changed plan, as one lump."""
    BudgetLine.objects.filter(revision_id=filing.revision_id, uid=uid).update(
        quantity=1, unit="式", unit_price=amount, amount=amount
    )


def start(world: World, award: Award) -> Filing:
    return start_change(actor=world.actor(Role.DRAFTER, award.grantee), award=award)


def ask(
    world: World, filing: Filing, amount: int | None = None, reason: str = "利用者が増えたため。"
) -> Filing:
    """Why, and the amount asked for in yen; the one in force unless another is named."""
    change = ChangeRequest.objects.select_related("award").get(filing=filing)
    save_request(
        actor=world.actor(Role.DRAFTER, filing.grantee),
        change=change,
        seen_version=change.version,
        reason=reason,
        effect="",
        amount=int(change.award.amount) if amount is None else amount,
    )
    return filing


def shifted(world: World, award: Award, share: int = 50, amount: int | None = None) -> Filing:
    """A draft in which `share` per cent of the largest line went to another 節, with its reason."""
    filing = start(world, award)
    first, *rest = lines_of(award)
    other = next(one for one in rest if one.category_code != first.category_code)
    moved = int(first.amount or 0) * share // 100
    set_amount(filing, first.uid, int(first.amount or 0) - moved)
    set_amount(filing, other.uid, int(other.amount or 0) + moved)
    return ask(world, filing, amount)


def reviewed(world: World, filing: Filing) -> Filing:
    return world.finish_review(world.begin_review(world.submit(filing)))


def approve(world: World, filing: Filing, amount: int | None = None) -> Filing:
    data = {
        **world.numbered(),
        "amount": filing.requested_amount if amount is None else amount,
        "modification_reason": "" if amount is None else "対象経費を精査したため。",
        "conditions": [],
        "confirmed": True,
    }
    return world.act(filing, "approve_change", world.actor(Role.DECIDER), **data).subject


def approved(world: World, award: Award, share: int = 50) -> Filing:
    return approve(world, reviewed(world, shifted(world, award, share)))


def move(
    world: World, award: Award, source: BudgetLine, target: BudgetLine, amount: int, **given: Any
) -> Reallocation:
    return reallocate(
        **{
            "actor": world.actor(Role.DRAFTER, award.grantee),
            "award": award,
            "source": source.uid,
            "target": target.uid,
            "amount": amount,
            "moved_on": award.decision.decided_on,
            "reason": "見積りとの差が出たため。",
            **given,
        }
    )
