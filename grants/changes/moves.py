"""流用 since the last decision: what each line of the plan in force has left, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from grants.awards.api import Award, Decision, decision_in_force
from grants.plans.api import PlanContent, PlanRevision, read_content
from grants.programmes.api import Terms
from portal.core.asking import once

from .models import Reallocation
from .rules import Finding, MovableLine, judge_moves, label_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The plan in force, the act that put it there, and the 流用 that count since."""

    award: Award
    decision: Decision
    plan: PlanContent
    terms: Terms
    moves: tuple[Reallocation, ...]

    @property
    def by_line(self) -> Counter[UUID]:
        """Yen that came to a line or left it."""
        return moved_by_line(self.moves)

    @property
    def lines(self) -> tuple[MovableLine, ...]:
        moved = self.by_line
        found = []
        groups = [("PF 地方版官民連携プラットフォーム", "PF", self.plan.platform.lines)]
        groups += [
            (f"{a.title} {a.name}".strip(), a.type.mark, a.lines) for a in self.plan.activities
        ]
        for section, mark, lines in groups:
            for line in lines:
                category = label_of(line.category_code, self.terms)
                label = f"{mark} {line.number}行目 {category} {line.item}".strip()
                found.append(
                    MovableLine(
                        line.uid,
                        label,
                        section,
                        category,
                        (line.amount or 0) + moved[line.uid],
                        line.is_eligible,
                    )
                )
        return tuple(found)

    def finding(self, more: Iterable[tuple[UUID, UUID, int]] = ()) -> Finding:
        """What the 流用 since the last decision come to, with `more` (from, to, yen) of them."""
        lines = {line.uid: line for line in self.lines}
        by_code: Counter[str] = Counter()
        by_section: Counter[str] = Counter()
        known = ((one.source_uid, one.target_uid, int(one.amount)) for one in self.moves)
        for source, target, amount in (*known, *more):
            for uid, yen in ((source, -amount), (target, amount)):
                line = lines.get(uid)
                if line is not None and line.is_eligible:
                    by_code[line.category] += yen
                    by_section[line.section] += yen
        return judge_moves(self.plan, by_code, self.terms, by_section)


def moved_by_line(moves: Iterable[Reallocation]) -> Counter[UUID]:
    found: Counter[UUID] = Counter()
    for one in moves:
        found[one.source_uid] -= int(one.amount)
        found[one.target_uid] += int(one.amount)
    return found


def plan_in_force(award: Award) -> PlanContent:
    """A fixed number of queries, once a request."""
    return once(
        f"changes.plan:{award.revision_id}",
        lambda: read_content(PlanRevision.objects.with_everything().get(pk=award.revision_id)),
    )


def standing_of(award: Award) -> Standing:
    decision = decision_in_force(award)
    moves = Reallocation.objects.standing().filter(award=award, decision=decision)
    return Standing(
        award,
        decision,
        plan_in_force(award),
        award.programme.terms(),
        tuple(moves.order_by("recorded_at")),
    )
