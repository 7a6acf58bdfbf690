"""The platform and the activities of a plan in force, as far as contracts are concerned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

from grants.awards.api import Award
from grants.plans.api import PlanRevision, read_content

from .models import Contract, ContractLine
from .rules import PlannedActivityTerms, PlannedLineTerms
from .states import ContractKind


def planned_activities(award: Award) -> list[PlannedActivityTerms]:
    """What may be contracted out of the revision that the award put in force, the platform first,
    with yen by 実施方法. A fixed number of queries."""
    revision = PlanRevision.objects.with_everything().get(pk=award.revision_id)
    found = []
    for part in read_content(revision).parts:
        amounts: dict[str, int] = defaultdict(int)
        for line in part.lines:
            amounts[line.delivery] += line.amount or 0
        found.append(
            PlannedActivityTerms(
                part.uid,
                part.type.code,
                part.title,
                part.name,
                part.type.may_subsidise,
                dict(amounts),
            )
        )
    return found


def planned_lines(award: Award) -> list[PlannedLineTerms]:
    """Every 積算内訳 that is carried out by contract or subsidy, in the plan's order."""
    revision = PlanRevision.objects.with_everything().get(pk=award.revision_id)
    return [
        PlannedLineTerms(
            line.uid,
            part.uid,
            part.title,
            line.category_code,
            line.item,
            line.delivery,
            line.amount or 0,
        )
        for part in read_content(revision).parts
        for line in part.lines
        if line.delivery in ContractKind.values
    ]


def lines_for(contract: Contract) -> list[PlannedLineTerms]:
    """Those that this contract may stand for, with what other contracts already stand for."""
    chosen = {activity.activity_uid for activity in contract.activities.all()}
    others = _money_of_others(contract)
    return [
        replace(line, elsewhere=others.get(line.uid, 0))
        for line in planned_lines(contract.award)
        if line.activity_uid in chosen and line.delivery == contract.kind
    ]


def _money_of_others(contract: Contract) -> dict[UUID, int]:
    award = contract.award
    others = ContractLine.objects.of_year(award.grantee_id, award.programme.fiscal_year)
    return {
        uid: money.contracted for uid, money in others.exclude(contract=contract).money().items()
    }
