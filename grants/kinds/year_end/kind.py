"""年度終了実績報告 as a kind of filing: what is judged, and what is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.carryovers.api import Carried, YearEnd
from grants.changes.api import plan_in_force
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Problem, Requirement, Subject, judge
from grants.kinds.discontinuance.stating import amount_row, as_values, field, head, section
from grants.payments.api import net_paid
from portal.core.money import format_yen

_LAW = "適正化法14条、適正化法施行令8条"
SECTION = "year_end"


@dataclass(frozen=True, slots=True)
class YearEndSubject:
    """What a requirement is given; yen. `planned` is the cost of the plan in force."""

    summary: str
    outlook: str
    spent: int | None
    completes_on: date | None
    ended_on: date
    planned: int
    carried: int


def _whole(report: YearEndSubject) -> Iterator[Problem]:
    if not report.summary.strip():
        yield Problem(f"{SECTION}//summary", "年度中に実施したことを入力してください。")
    if not report.outlook.strip():
        yield Problem(f"{SECTION}//outlook", "完了までの見通しを入力してください。")
    if report.spent is None:
        yield Problem(f"{SECTION}//spent", "支出済額を入力してください。", "ないときは、0円。")


def _days(report: YearEndSubject) -> Iterator[Problem]:
    if report.completes_on is None:
        yield Problem(f"{SECTION}//completes_on", "完了の予定の日を入力してください。")
    elif report.completes_on <= report.ended_on:
        yield Problem(
            f"{SECTION}//completes_on",
            "完了の予定の日が、終わった年度の内です。",
            "年度内に完了したときは、実績報告を提出してください。",
        )


def _within(report: YearEndSubject) -> Iterator[Problem]:
    total = (report.spent or 0) + report.carried
    if total > report.planned:
        yield Problem(
            f"{SECTION}//spent",
            f"支出済額と繰り越した額の合計（{format_yen(total)}）が、計画の総事業費"
            f"（{format_yen(report.planned)}）を超えています。",
        )


REQUIREMENTS = (
    Requirement(
        "year_end.whole",
        "",
        Subject.YEAR_END,
        "年度中に実施したこと、見通し、支出済額を記載している。",
        True,
        _whole,
        lambda r: "記載あり",
        law=_LAW,
    ),
    Requirement(
        "year_end.days",
        "",
        Subject.YEAR_END,
        "完了の予定の日が、終わった年度より後である。",
        True,
        _days,
        lambda r: "記載あり",
        law=_LAW,
    ),
    Requirement(
        "year_end.within",
        "",
        Subject.YEAR_END,
        "支出済額と繰り越した額の合計が、計画の総事業費以下である。",
        False,
        _within,
        lambda r: format_yen((r.spent or 0) + r.carried),
        law=_LAW,
    ),
)


def report_of(filing: Filing) -> YearEnd:
    found: YearEnd = YearEnd.objects.select_related(
        "filing", "award__programme", "award__grantee"
    ).get(filing=filing)
    return found


def _carried(report: YearEnd) -> Carried | None:
    standing = Carried.objects.standing().filter(award=report.award, from_year=report.year)
    found: Carried | None = standing.first()
    return found


def read(report: YearEnd) -> YearEndSubject:
    carried = _carried(report)
    return YearEndSubject(
        summary=report.summary,
        outlook=report.outlook,
        spent=report.spent,
        completes_on=report.completes_on,
        ended_on=report.year.end,
        planned=sum(line.amount or 0 for line in plan_in_force(report.award).lines),
        carried=int(carried.national + carried.own) if carried else 0,
    )


def judgements_of(report: YearEnd) -> list[Judgement]:
    return judge(Subject.YEAR_END, read(report))


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(report_of(filing))


def amount_rows(report: YearEnd) -> list[dict[str, Any]]:
    subject, carried = read(report), _carried(report)
    spent = subject.spent or 0
    left = subject.planned - spent - subject.carried
    return [
        amount_row("A", "計画の総事業費", "いま効力のある計画", subject.planned),
        amount_row("B", "年度末までの支出済額", "", spent, True),
        amount_row("C", "翌年度に繰り越した額", "承認された繰越し", subject.carried),
        amount_row("D", "うち国費", "", int(carried.national) if carried else 0),
        amount_row("E", "不用となる見込みの額", "A−B−C", left),
        amount_row("F", "交付決定額", "", int(report.award.amount)),
        amount_row("G", "受領済額", "返還を命じられた額を除く", net_paid(report.award)),
    ]


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time."""
    report = report_of(filing)
    fields = [
        field("year", "終わった年度", report.year.label),
        field("summary", "年度中に実施したこと", report.summary),
        field("spent", "年度末までの支出済額", report.spent, "yen"),
        field("outlook", "完了までの見通し", report.outlook),
        field("completes_on", "完了の予定の日", report.completes_on),
    ]
    return {
        **head(report, "year_end/1"),
        "sections": [section(SECTION, "年度末の状況", _LAW, fields)],
        "amount_rows": amount_rows(report),
        "judgements": as_values(judgements_of(report)),
    }


YEAR_END = FilingKind(
    name="yearend",
    label="年度終了実績報告",
    symbol="Y",
    payload=payload,
    judgements=judgements,
    document_kind="year_end",
    editors=lambda filing: set(filing.yearend.editors.values_list("pk", flat=True)),
    writing_url_name="year_end:edit",
    amounts_title="年度末の経費の状況",
)
