"""中止・廃止 as a kind of filing: what is judged, and what is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.changes.api import Discontinuance, Stop, plan_in_force
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Problem, Requirement, Subject, judge
from portal.core.money import format_yen

from .stating import amount_row, as_values, field, head, section

_LAW = "適正化法7条1項4号"
SECTION = "discontinuance"


@dataclass(frozen=True, slots=True)
class StopSubject:
    """What a requirement is given; yen. `planned` is the whole cost of the plan in force."""

    what: str
    takes_effect_on: date | None
    resumes_on: date | None
    reason: str
    spent: int | None
    expected: int
    planned: int


def _whole(stop: StopSubject) -> Iterator[Problem]:
    if not stop.what:
        yield Problem(f"{SECTION}//what", "中止か廃止かを選んでください。")
    if stop.takes_effect_on is None:
        yield Problem(f"{SECTION}//takes_effect_on", "中止・廃止の時期を入力してください。")
    if not stop.reason.strip():
        yield Problem(f"{SECTION}//reason", "理由を入力してください。")
    if stop.spent is None:
        yield Problem(f"{SECTION}//spent", "支出済額を入力してください。", "ないときは、0円。")


def _resumes(stop: StopSubject) -> Iterator[Problem]:
    if stop.what == Stop.SUSPEND and stop.resumes_on is None:
        yield Problem(
            f"{SECTION}//resumes_on",
            "中止のときは、再開の予定日を入力してください。",
            "再開しないときは、廃止を選んでください。",
        )
    starts = stop.takes_effect_on
    if stop.resumes_on and starts and stop.resumes_on <= starts:
        yield Problem(
            f"{SECTION}//resumes_on", "再開の予定日は、中止の時期より後の日付にしてください。"
        )


def _cost(stop: StopSubject) -> Iterator[Problem]:
    total = (stop.spent or 0) + stop.expected
    if total > stop.planned:
        yield Problem(
            f"{SECTION}//expected",
            f"支出済額と支出見込額の合計（{format_yen(total)}）が、計画の総事業費"
            f"（{format_yen(stop.planned)}）を超えています。",
        )


REQUIREMENTS = (
    Requirement(
        "discontinuance.whole",
        "",
        Subject.DISCONTINUANCE,
        "中止・廃止の別、時期、理由、支出済額を記載している。",
        True,
        _whole,
        lambda s: "記載あり",
        law=_LAW,
    ),
    Requirement(
        "discontinuance.resumes",
        "",
        Subject.DISCONTINUANCE,
        "中止のときは、再開の予定を示している。",
        True,
        _resumes,
        lambda s: "廃止" if s.what == Stop.END else "記載あり",
        law=_LAW,
    ),
    Requirement(
        "discontinuance.cost",
        "",
        Subject.DISCONTINUANCE,
        "経費の精算の見込みが、計画の総事業費以下である。",
        False,
        _cost,
        lambda s: format_yen((s.spent or 0) + s.expected),
        law=_LAW,
    ),
)


def stop_of(filing: Filing) -> Discontinuance:
    found: Discontinuance = Discontinuance.objects.select_related(
        "filing", "award__programme", "award__grantee"
    ).get(filing=filing)
    return found


def planned_cost(stop: Discontinuance) -> int:
    return sum(line.amount or 0 for line in plan_in_force(stop.award).lines)


def judgements_of(stop: Discontinuance) -> list[Judgement]:
    subject = StopSubject(
        what=stop.what,
        takes_effect_on=stop.takes_effect_on,
        resumes_on=stop.resumes_on,
        reason=stop.reason,
        spent=stop.spent,
        expected=stop.expected,
        planned=planned_cost(stop),
    )
    return judge(Subject.DISCONTINUANCE, subject)


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(stop_of(filing))


def amount_rows(stop: Discontinuance) -> list[dict[str, Any]]:
    planned = planned_cost(stop)
    left = planned - (stop.spent or 0) - stop.expected
    return [
        amount_row("A", "計画の総事業費", "いま効力のある計画", planned),
        amount_row("B", "支出済額", "", stop.spent or 0),
        amount_row("C", "支出見込額", "残務処理費、契約の終了に要する費用を含む", stop.expected),
        amount_row("D", "不用となる見込みの額", "A−B−C", left, True),
    ]


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time."""
    stop = stop_of(filing)
    fields = [
        field("what", "中止・廃止の別", stop.get_what_display()),
        field("takes_effect_on", "中止・廃止の時期", stop.takes_effect_on),
        field("resumes_on", "再開の予定日", stop.resumes_on),
        field("reason", "理由", stop.reason),
        field("spent", "支出済額", stop.spent, "yen"),
        field("expected", "支出見込額", stop.expected, "yen"),
    ]
    return {
        **head(stop, "discontinuance/1"),
        "ends": stop.what == Stop.END,
        "sections": [section(SECTION, "中止・廃止の内容", _LAW, fields)],
        "amount_rows": amount_rows(stop),
        "judgements": as_values(judgements_of(stop)),
    }


DISCONTINUANCE = FilingKind(
    name="discontinuance",
    label="中止・廃止承認申請",
    symbol="D",
    payload=payload,
    judgements=judgements,
    document_kind="discontinuance",
    editors=lambda filing: set(filing.discontinuance.editors.values_list("pk", flat=True)),
    writing_url_name="discontinuance:edit",
    is_decided=True,
    amounts_title="経費の精算の見込み",
)
