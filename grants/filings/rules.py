"""Four eyes, and the clock of the standard processing period. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID


def four_eyes_on_approval(
    approver: UUID | None, editors: Collection[UUID], requested_by: UUID | None
) -> Iterator[str]:
    """An approver has neither edited this revision nor asked for its approval, in any role."""
    if approver in editors:
        yield "この版を入力した人は、決裁できません。別の決裁者が承認してください。"
    if approver is not None and approver == requested_by:
        yield "決裁を依頼した人は、自分で承認できません。別の決裁者が承認してください。"


def four_eyes_on_decision(decider: UUID | None, reviewers: Collection[UUID]) -> Iterator[str]:
    """A decider has not reviewed any of the filing's versions."""
    if decider in reviewers:
        yield "この申請を審査した人は、決定できません。別の決定権者が決定してください。"


@dataclass(frozen=True, slots=True)
class Clock:
    """Days of the standard processing period (適正化法6条2項): the day of arrival is day 0."""

    elapsed: int
    limit: int
    ends_on: date

    @property
    def left(self) -> int:
        return self.limit - self.elapsed


def clock(
    arrived_on: date,
    today: date,
    limit: int,
    stopped_days: int = 0,
    returned_on: date | None = None,
) -> Clock:
    """The clock stops with a return: its day still counts, the day of resubmission does not.

    `stopped_days` is what earlier returns took; `returned_on` is set while it is returned now.
    """
    until = min(today, returned_on) if returned_on else today
    elapsed = max(0, (until - arrived_on).days - stopped_days)
    waiting = (today - returned_on).days if returned_on and today > returned_on else 0
    ends_on = arrived_on + timedelta(days=limit + stopped_days + waiting)
    return Clock(elapsed, limit, ends_on)
