"""A lifecycle is a table: `Transition` rows in a `Workflow`. Nothing here touches the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices

from portal.access.api import Role
from portal.core.actor import SYSTEM_ROLE, Actor

Guard = Callable[[Any, Actor], Iterable[str]]
Effect = Callable[[Any, Actor, Mapping[str, Any]], None]

# Said outright where no article of law asks for the act.
INTERNAL = "内部手続"


@dataclass(frozen=True, slots=True)
class Branch:
    """A target that depends on the subject's past: `choose` returns one of `states`."""

    states: tuple[str, ...]
    choose: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. Empty `article` is an error: write INTERNAL when no law asks for the act.

    `form` is the dotted path of the form with the input that the act needs. `consequence` is the
    sentence above the button. `is_private` keeps the event inside the office that made it. `is_quiet`
    takes something back or gives it up: no page offers it as what comes next.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str | Branch
    actors: frozenset[str]
    article: str
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    form: str = ""
    notifies: tuple[str, ...] = ()
    consequence: str = ""
    steps_up: bool = False
    is_private: bool = False
    is_quiet: bool = False
    # Whether a page offers the act at all; a guard still decides. None: whenever the state allows.
    offered: Callable[[Any], bool] | None = None

    def __post_init__(self) -> None:
        if not self.article:
            raise ValueError(f"{self.name}: every transition states its legal basis")
        if not self.sources or not self.actors:
            raise ValueError(f"{self.name}: sources and actors are never empty")
        unknown = set(self.actors) - set(Role.values) - {SYSTEM_ROLE}
        if unknown:
            raise ValueError(f"{self.name}: unknown roles {unknown}")

    @property
    def targets(self) -> tuple[str, ...]:
        return self.target.states if isinstance(self.target, Branch) else (self.target,)

    def target_for(self, subject: Any) -> str:
        if isinstance(self.target, Branch):
            return self.target.choose(subject)
        return self.target


@dataclass(frozen=True, slots=True)
class Workflow:
    """The table of one model, or of one kind of it (`only` = field name and value)."""

    key: str
    model: str
    states: type[TextChoices]
    initial: str
    transitions: tuple[Transition, ...]
    state_field: str = "state"
    only: tuple[str, str] | None = None
    _by_name: dict[str, Transition] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        known = set(self.states.values)
        for row in self.transitions:
            strange = (set(row.sources) | set(row.targets)) - known
            if strange:
                raise ValueError(f"{self.key}.{row.name}: unknown states {strange}")
            if row.name in self._by_name:
                raise ValueError(f"{self.key}: two transitions are called {row.name}")
            self._by_name[row.name] = row
        if self.initial not in known:
            raise ValueError(f"{self.key}: unknown initial state {self.initial}")

    def __getitem__(self, name: str) -> Transition:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def action_name(self, name: str) -> str:
        return f"{self.key}.{name}"

    def edges(self) -> list[tuple[str, str]]:
        """Every pair (from, to), sorted: what the database trigger allows."""
        return sorted(
            {
                (source, target)
                for row in self.transitions
                for source in row.sources
                for target in row.targets
            }
        )

    def actor_labels(self, row: Transition) -> list[str]:
        """In the order of the closed list of roles; the portal itself last."""
        labels = [role.label for role in Role if role.value in row.actors]
        return [*labels, "システム"] if SYSTEM_ROLE in row.actors else labels

    def diagram(self) -> str:
        """Mermaid text for the README; a test compares the two."""
        label = dict(self.states.choices)
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        used = {self.initial} | {state for edge in self.edges() for state in edge}
        lines += [f"    {state}: {label[state]}" for state in self.states.values if state in used]
        for row in self.transitions:
            for source in row.sources:
                lines += [f"    {source} --> {target}: {row.label}" for target in row.targets]
        return "\n".join(lines)
