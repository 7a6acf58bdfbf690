"""What a 財産処分承認申請 must say (適正化法22条). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grants.guideline.api import Problem, Requirement, Subject
from grants.properties.api import DisposalKind
from portal.core.dates import screen_date
from portal.core.money import format_yen

_LAW = "適正化法22条"
SECTION = "disposal"
# Kinds that somebody else has part in.
WITH_COUNTERPART = frozenset(
    {DisposalKind.TRANSFER, DisposalKind.EXCHANGE, DisposalKind.LEND, DisposalKind.MORTGAGE}
)
# Kinds after which the property is still used.
WITH_USE = frozenset({DisposalKind.DIVERT, *WITH_COUNTERPART})


@dataclass(frozen=True, slots=True)
class DisposalSubject:
    """What a requirement is given; yen. `ends_on` is the last day of the restriction."""

    kind: str
    planned_on: date | None
    counterpart: str
    proceeds: int
    reason: str
    afterwards: str
    ends_on: date
    today: date
    returned: int
    is_blanket: bool


def _whole(one: DisposalSubject) -> Iterator[Problem]:
    if not one.kind:
        yield Problem(f"{SECTION}//kind", "処分の種類を選んでください。")
    if one.planned_on is None:
        yield Problem(f"{SECTION}//planned_on", "処分の予定日を入力してください。")
    if not one.reason.strip():
        yield Problem(f"{SECTION}//reason", "処分の理由を入力してください。")


def _parties(one: DisposalSubject) -> Iterator[Problem]:
    if one.kind in WITH_COUNTERPART and not one.counterpart.strip():
        yield Problem(f"{SECTION}//counterpart", "処分の相手方を入力してください。")
    if one.kind in WITH_USE and not one.afterwards.strip():
        yield Problem(f"{SECTION}//afterwards", "処分した後の使いみちを入力してください。")


def _days(one: DisposalSubject) -> Iterator[Problem]:
    if one.planned_on is None:
        return
    if one.planned_on < one.today:
        yield Problem(
            f"{SECTION}//planned_on",
            "処分の予定日は、今日以後の日付にしてください。",
            "処分は、承認を受けた後に行います。",
        )
    if one.planned_on > one.ends_on:
        yield Problem(
            f"{SECTION}//planned_on",
            f"処分の予定日が、処分制限の最後の日（{screen_date(one.ends_on)}）より後です。",
            "その日には、承認を受けずに処分できます。",
        )


def _needed(one: DisposalSubject) -> Iterator[Problem]:
    if one.is_blanket:
        yield Problem(
            f"{SECTION}//kind",
            "包括承認に当たるため、申請しないで処分を記録できます。",
            "台帳の画面から、処分を記録してください。",
        )


REQUIREMENTS = (
    Requirement(
        "disposal.whole",
        "",
        Subject.DISPOSAL,
        "処分の種類、予定日、理由を記載している。",
        True,
        _whole,
        lambda one: "記載あり",
        law=_LAW,
    ),
    Requirement(
        "disposal.parties",
        "",
        Subject.DISPOSAL,
        "相手方のある処分は相手方を、使い続ける処分は使いみちを示している。",
        True,
        _parties,
        lambda one: one.counterpart or "相手方なし",
        law=_LAW,
    ),
    Requirement(
        "disposal.days",
        "",
        Subject.DISPOSAL,
        "処分の予定日が、申請の後で、処分制限期間のうちにある。",
        True,
        _days,
        lambda one: "" if one.planned_on is None else screen_date(one.planned_on),
        law="適正化法22条、施行令14条",
    ),
    Requirement(
        "disposal.needed",
        "",
        Subject.DISPOSAL,
        "包括承認に当たらない処分である。",
        False,
        _needed,
        lambda one: f"国庫に納付する額 {format_yen(one.returned)}",
        law="適正化法22条、平成20年府会第393号",
    ),
)
