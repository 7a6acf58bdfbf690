"""A Requirement is a clause turned into a pure function over what it judges.

One registry shows the live checklist, guards the subject, fills the reviewer's checklist and prints
the last page of the application. No database, no request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .clauses import Clause, clause


class Subject(StrEnum):
    PLAN = "plan"
    STATEMENT = "statement"
    FILING = "filing"
    CONTRACT = "contract"
    SUBCONTRACT = "subcontract"
    DECISION = "decision"
    REPORT = "report"
    PERFORMANCE = "performance"
    CHANGE = "change"
    DISCONTINUANCE = "discontinuance"
    INCIDENT = "incident"
    PROGRESS = "progress"
    CLAIM = "claim"
    INPUT_TAX = "input_tax"
    INCOME = "income"
    DISPOSAL = "disposal"
    CARRYOVER = "carryover"
    YEAR_END = "year_end"


@dataclass(frozen=True, slots=True)
class Problem:
    """`address` is section/uid/field of the place to mend; `message` says what, `remedy` how."""

    address: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """`judge(subject)` yields problems; `evidence(subject)` is printed when there are none.

    `demand` is the requirement as a sentence for the checklist («取組を二つ以上選んでいる。»).
    A warning is seen by the writer and the reviewer and stops nothing.
    """

    id: str
    clause_number: str
    subject: Subject
    demand: str
    is_blocking: bool
    judge: Callable[[Any], Iterable[Problem]]
    evidence: Callable[[Any], str]
    # Where the guideline is silent and a law, an order or the 交付要綱 asks: `clause_number` is "".
    law: str = ""

    @property
    def clause(self) -> Clause | None:
        return clause(self.clause_number) if self.clause_number else None

    @property
    def basis(self) -> str:
        """«要領2(2)» or «適正化法施行令3条»."""
        return self.clause.shown if self.clause else self.law


@dataclass(frozen=True, slots=True)
class Judgement:
    requirement: Requirement
    problems: tuple[Problem, ...]
    evidence: str

    @property
    def is_met(self) -> bool:
        return not self.problems

    @property
    def blocks(self) -> bool:
        return self.requirement.is_blocking and bool(self.problems)

    @property
    def state(self) -> str:
        """Key of the chip: met, unmet or warning."""
        if self.is_met:
            return "met"
        return "unmet" if self.requirement.is_blocking else "warning"


_registry: dict[str, Requirement] = {}


def register(*requirements: Requirement) -> None:
    """Raises KeyError for an unknown clause and ValueError for an id already taken."""
    for requirement in requirements:
        if not requirement.basis:
            raise ValueError(f"{requirement.id} names neither a clause nor a law")
        if _registry.get(requirement.id, requirement) is not requirement:
            raise ValueError(f"two requirements are called {requirement.id}")
        _registry[requirement.id] = requirement


def requirements(subject: Subject | None = None) -> list[Requirement]:
    return [r for r in _registry.values() if subject is None or r.subject == subject]


def judge(subject: Subject, data: Any) -> list[Judgement]:
    """Every requirement on this subject, problems first: unmet, warnings, met."""
    found = []
    for requirement in requirements(subject):
        problems = tuple(requirement.judge(data))
        evidence = "" if problems else requirement.evidence(data)
        found.append(Judgement(requirement, problems, evidence))
    order = {"unmet": 0, "warning": 1, "met": 2}
    return sorted(found, key=lambda judgement: order[judgement.state])


def blocking_messages(judgements: Iterable[Judgement]) -> list[str]:
    return [
        f"{problem.message}（{judgement.requirement.basis}）"
        for judgement in judgements
        if judgement.blocks
        for problem in judgement.problems
    ]
