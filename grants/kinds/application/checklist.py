"""The reviewer's checklist: the sealed requirements and the year's questions with a verdict each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grants.desk.api import ProgrammeQuestion, questions_of
from grants.filings.api import Filing, SealedVersion, Verdict, latest_version


@dataclass(frozen=True, slots=True)
class Row:
    """`state` is what the rule found when it was filed, or «question»; `verdict` is the reviewer's."""

    key: str
    demand: str
    basis: str
    state: str
    evidence: str
    problems: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class SeenSection:
    key: str
    title: str
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    sealed: SealedVersion | None
    rows: tuple[Row, ...]
    sections: tuple[SeenSection, ...]

    @property
    def done(self) -> int:
        return sum(row.verdict != Verdict.OPEN for row in self.rows)


def checklist(filing: Filing, sealed: SealedVersion | None = None) -> Checklist:
    """Of the latest version unless one is given. At most three queries, once an instance of the filing."""
    version = sealed or latest_version(filing)
    if version is None:
        return Checklist(None, (), ())
    marks = version.verdicts
    return Checklist(
        version,
        (
            *(_row(one, marks) for one in version.content["judgements"]),
            *(_question(one, marks) for one in questions_of(filing, marks)),
        ),
        tuple(
            SeenSection(
                s["key"],
                f"{s['mark']} {s['title']}".strip(),
                marks.get(f"section:{s['key']}") == Verdict.YES,
            )
            for s in version.content["sections"]
        ),
    )


def _row(judged: dict[str, Any], marks: dict[str, str]) -> Row:
    return Row(
        key=f"requirement:{judged['id']}",
        demand=judged["demand"],
        basis=judged["basis"],
        state=judged["state"],
        evidence=judged["evidence"],
        problems=tuple(problem["message"] for problem in judged["problems"]),
        verdict=marks.get(f"requirement:{judged['id']}", Verdict.OPEN),
    )


def _question(asked: ProgrammeQuestion, marks: dict[str, str]) -> Row:
    return Row(
        key=asked.key,
        demand=asked.text,
        basis=asked.basis,
        state="question",
        evidence="",
        problems=(),
        verdict=marks.get(asked.key, Verdict.OPEN),
    )
