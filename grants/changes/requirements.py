"""What a 変更承認申請 must hold, and what is pointed out to its writer (適正化法7条1項)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from grants.contractors.api import LineMoney
from grants.guideline.api import Problem, Requirement, Subject
from grants.plans.api import AmountTable, PlanContent
from portal.core.money import format_yen

from .rules import Finding


@dataclass(frozen=True, slots=True)
class ChangeSubject:
    """What a requirement on a change is given; yen. `changed` counts the places that differ.

    `contracted` is the money of contracts by the line of the plan that they stand for.
    """

    reason: str
    decided: int
    asked: int
    table: AmountTable
    changed: int
    after: PlanContent
    finding: Finding
    contracted: dict[UUID, LineMoney]
    follows: bool


def _reason(change: ChangeSubject) -> Iterator[Problem]:
    if not change.reason.strip():
        yield Problem(
            "change//reason",
            "変更の理由を入力してください。",
            "何が、なぜ変わるのかを書いてください。",
        )


def _something(change: ChangeSubject) -> Iterator[Problem]:
    if not change.changed and change.asked == change.decided:
        yield Problem(
            "activities//",
            "変更した所がありません。",
            "計画を直すか、変更後の額を入力してください。",
        )


def _amount(change: ChangeSubject) -> Iterator[Problem]:
    if change.asked > change.table.g:
        yield Problem(
            "change//amount",
            f"変更後の交付決定額（{format_yen(change.asked)}）が、変更後の計画から計算した額"
            f"（{format_yen(change.table.g)}）を超えています。",
            "変更後の額を減らすか、計画を見直してください。",
        )


def _follows(change: ChangeSubject) -> Iterator[Problem]:
    if not change.follows:
        yield Problem(
            "change//reason",
            "この申請を始めた後に、別の決定で計画が変わっています。",
            "この申請を取り下げ、新しい計画から始めてください。",
        )


def _needed(change: ChangeSubject) -> Iterator[Problem]:
    if change.changed and not change.finding.is_needed:
        yield Problem(
            "change//reason",
            "軽微な変更に当たり、承認は要りません。",
            "予算の流用だけなら、申請を取り下げ、流用として記録できます。",
        )


def _contracts(change: ChangeSubject) -> Iterator[Problem]:
    lines = {line.uid: line for line in change.after.lines}
    for uid, money in change.contracted.items():
        line = lines.get(uid)
        left = 0 if line is None else line.amount or 0
        if money.contracted > left:
            what = "計画からなくなる明細" if line is None else f"「{line.item}」"
            yield Problem(
                "activities//" if line is None else f"{line.section}/{uid}/amount",
                f"{what}に、{format_yen(money.contracted)}の契約があります"
                f"（変更後の額 {format_yen(left)}）。",
                "契約の変更が済んでいるか、確かめてください。",
            )


def _said_of_need(change: ChangeSubject) -> str:
    return "、".join(need.text.rstrip("。") for need in change.finding.needs) or "変更した所なし"


_LAW = "適正化法7条1項"

REQUIREMENTS = (
    Requirement(
        "change.follows",
        "",
        Subject.CHANGE,
        "いま効力のある計画からの変更である。",
        True,
        _follows,
        lambda c: "いまの計画から",
        law=_LAW,
    ),
    Requirement(
        "change.reason",
        "",
        Subject.CHANGE,
        "変更の理由を示している。",
        True,
        _reason,
        lambda c: "記載あり",
        law=_LAW,
    ),
    Requirement(
        "change.something",
        "",
        Subject.CHANGE,
        "計画か交付決定額を変えている。",
        True,
        _something,
        lambda c: f"変わった所 {c.changed}か所",
        law=_LAW,
    ),
    Requirement(
        "change.amount",
        "",
        Subject.CHANGE,
        "変更後の額が、変更後の計画から計算した額以下である。",
        True,
        _amount,
        lambda c: f"{format_yen(c.asked)}（計算した額 {format_yen(c.table.g)}）",
        law="適正化法6条1項",
    ),
    Requirement(
        "change.needed",
        "",
        Subject.CHANGE,
        "承認の要る変更である（軽微な変更を超える）。",
        False,
        _needed,
        _said_of_need,
        law="適正化法7条1項1号、3号",
    ),
    Requirement(
        "change.contracts",
        "",
        Subject.CHANGE,
        "契約のある明細を、契約の額より少なくしていない。",
        False,
        _contracts,
        lambda c: "契約と合う",
        law="適正化法7条1項2号",
    ),
)
