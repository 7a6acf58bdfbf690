"""The activities of a plan in force, as far as contracts are concerned."""

from __future__ import annotations

from collections import defaultdict

from grants.awards.api import Award
from grants.plans.api import PlanRevision, read_content

from .rules import PlannedActivityTerms


def planned_activities(award: Award) -> list[PlannedActivityTerms]:
    """Those of the revision that the award put in force, with yen by 実施方法. A fixed number of
    queries."""
    revision = PlanRevision.objects.with_everything().get(pk=award.revision_id)
    found = []
    for activity in read_content(revision).activities:
        amounts: dict[str, int] = defaultdict(int)
        for line in activity.lines:
            amounts[line.delivery] += line.amount or 0
        found.append(
            PlannedActivityTerms(
                activity.uid,
                activity.title,
                activity.name,
                activity.type.may_subsidise,
                dict(amounts),
            )
        )
    return found
