"""What a 繰越の承認の申出 must say. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grants.carryovers.api import (
    CarriedOverLine,
    CarryKind,
    commitment_reasons,
    day_reasons,
    kind_reasons,
    line_reasons,
    national_limit,
)
from grants.guideline.api import Problem, Requirement, Subject
from portal.core.dates import screen_date
from portal.core.money import format_yen

SECTION = "carryover"
_STATE = "財政法43条1項"
_BODY = "地方自治法213条、220条3項"
_TOLD = "適正化法7条1項5号"


@dataclass(frozen=True, slots=True)
class CarryoverSubject:
    """What a requirement is given; yen.

    `decided` and `planned` are the amount and the eligible cost from which the share of the grant is
    taken: of the award, or of what was carried before. `causes` are the programme's for this kind.
    """

    step: int
    from_year: int
    kind: str
    kinds_before: tuple[str, ...]
    cause: str
    causes: tuple[str, ...]
    reason: str
    progress: str
    schedule: str
    last_day: date | None
    resolved_on: date | None
    today: date
    due_on: date
    papers: int
    decided: int
    planned: int
    lines: tuple[CarriedOverLine, ...]

    @property
    def carried_lines(self) -> tuple[CarriedOverLine, ...]:
        return tuple(line for line in self.lines if line.carried)

    @property
    def committed_lines(self) -> tuple[CarriedOverLine, ...]:
        """Carried as 事故繰越 on the strength of what the body itself committed."""
        if self.kind != CarryKind.ACCIDENT:
            return ()
        return tuple(line for line in self.carried_lines if line.is_direct and line.bound)

    @property
    def national(self) -> int:
        return sum(line.national for line in self.lines)

    @property
    def own(self) -> int:
        return sum(line.own for line in self.lines)

    @property
    def eligible(self) -> int:
        return sum(line.carried for line in self.lines if line.is_eligible)

    @property
    def limit(self) -> int:
        return national_limit(self.decided, self.planned, self.eligible)


def _whole(one: CarryoverSubject) -> Iterator[Problem]:
    for name, label in (
        ("reason", "繰越しを要する理由"),
        ("progress", "これまでの実施状況"),
        ("schedule", "翌年度の実施の予定"),
    ):
        if not getattr(one, name).strip():
            yield Problem(f"{SECTION}//{name}", f"{label}を入力してください。")
    if one.last_day is None:
        yield Problem(f"{SECTION}//last_day", "完了の予定の日を入力してください。")
    if one.resolved_on is None:
        yield Problem(
            f"{SECTION}//resolved_on",
            "都道府県の予算の繰越しを定めた日を入力してください。",
            "まだのときは、予定の日。",
        )


def _kind(one: CarryoverSubject) -> Iterator[Problem]:
    if not one.kind:
        yield Problem(f"{SECTION}//kind", "繰越しの別を選んでください。")
    for reason in kind_reasons(one.kind, one.step, one.kinds_before):
        yield Problem(f"{SECTION}//kind", reason)


def _cause(one: CarryoverSubject) -> Iterator[Problem]:
    if one.kind and one.cause not in one.causes:
        label = CarryKind(one.kind).label
        yield Problem(f"{SECTION}//cause", f"{label}の事由から、1つ選んでください。")


def _days(one: CarryoverSubject) -> Iterator[Problem]:
    if one.last_day is not None:
        for reason in day_reasons(one.last_day, one.from_year):
            yield Problem(f"{SECTION}//last_day", reason)


def _lines(one: CarryoverSubject) -> Iterator[Problem]:
    if not one.carried_lines:
        yield Problem(f"{SECTION}//kind", "繰り越す額を、1つ以上の積算内訳に入力してください。")
    for line in one.lines:
        for reason in line_reasons(line, one.kind):
            yield Problem(f"{SECTION}/{line.uid}/national", reason)


def _commitments(one: CarryoverSubject) -> Iterator[Problem]:
    for line in one.committed_lines:
        for reason in commitment_reasons(line, one.from_year):
            yield Problem(f"{SECTION}/{line.uid}/committed", reason)
    if one.committed_lines and not one.papers:
        yield Problem(
            f"{SECTION}//kind",
            "直営の経費の支出負担行為を示す書類（写し）を添付してください。",
        )


def _national(one: CarryoverSubject) -> Iterator[Problem]:
    if one.national > one.limit:
        yield Problem(
            f"{SECTION}//kind",
            f"繰り越す国費の合計（{format_yen(one.national)}）が、繰り越す対象経費のうち交付金で賄う分"
            f"（{format_yen(one.limit)}）を超えています。",
            "国費を減らし、その分を都道府県費にしてください。",
        )


def _papers(one: CarryoverSubject) -> Iterator[Problem]:
    if one.resolved_on is not None and one.resolved_on <= one.today and not one.papers:
        yield Problem(
            f"{SECTION}//resolved_on",
            "都道府県の予算の繰越しを定めた書類（写し）を添付してください。",
        )


def _in_time(one: CarryoverSubject) -> Iterator[Problem]:
    if one.today > one.due_on:
        yield Problem(
            f"{SECTION}//last_day",
            f"申出の期限（{screen_date(one.due_on)}）を過ぎています。",
            "遅れた理由を、繰越しを要する理由に書き添えてください。",
        )


def _demand(
    name: str, demand: str, law: str, judge: object, evidence: object, *, blocks: bool = True
) -> Requirement:
    return Requirement(
        f"carryover.{name}",
        "",
        Subject.CARRYOVER,
        demand,
        blocks,
        judge,  # type: ignore[arg-type]  # each takes the one subject
        evidence,  # type: ignore[arg-type]
        law=law,
    )


REQUIREMENTS = (
    _demand(
        "whole",
        "理由、実施状況、翌年度の予定、日付を記載している。",
        _TOLD,
        _whole,
        lambda s: "記載あり",
    ),
    _demand(
        "kind",
        "繰越しの別が、その年度にできるものである。",
        "財政法14条の3、42条ただし書",
        _kind,
        lambda s: CarryKind(s.kind).label if s.kind else "",
    ),
    _demand("cause", "事由が、制度の定める事由である。", _STATE, _cause, lambda s: s.cause),
    _demand(
        "day",
        "完了の予定の日が、翌年度の内である。",
        "財政法42条",
        _days,
        lambda s: screen_date(s.last_day) if s.last_day else "",
    ),
    _demand(
        "lines",
        "積算内訳ごとの繰り越す額が、残り以下である。事故繰越は、契約又は支出負担行為をした額に限る。",
        _BODY,
        _lines,
        lambda s: f"{len(s.carried_lines)}件 {format_yen(s.national + s.own)}",
    ),
    _demand(
        "commitments",
        "事故繰越をする直営の経費について、年度内の支出負担行為の日と番号、書類がある。",
        "財政法42条ただし書、地方自治法220条3項、232条の3",
        _commitments,
        lambda s: f"{len(s.committed_lines)}件" if s.committed_lines else "該当なし",
    ),
    _demand(
        "national",
        "繰り越す国費が、繰り越す対象経費のうち交付金で賄う分以下である。",
        _STATE,
        _national,
        lambda s: format_yen(s.national),
    ),
    _demand(
        "papers",
        "都道府県の予算の繰越しを定めた書類を添付している。",
        _BODY,
        _papers,
        lambda s: "添付あり" if s.papers else "定める予定の日は、これから",
    ),
    _demand(
        "in_time",
        "申出の期限までに申し出ている。",
        "交付要綱（繰越し）",
        _in_time,
        lambda s: screen_date(s.due_on),
        blocks=False,
    ),
)
