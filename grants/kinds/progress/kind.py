"""遂行状況報告 as a kind of filing: what is judged, and what is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grants.changes.api import ProgressReport
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Problem, Requirement, Subject, judge
from grants.kinds.discontinuance.stating import amount_row, as_values, field, head, section
from portal.core.money import format_yen

_LAW = "適正化法12条"
SECTION = "progress"


@dataclass(frozen=True, slots=True)
class Row:
    """One 取組; yen and per cent. `contracted` is drawn from the records of contracts."""

    uid: str
    title: str
    budget: int
    contracted: int
    direct: int | None
    expected: int | None
    percent: int | None
    is_late: bool
    reason: str

    @property
    def spent(self) -> int:
        return self.contracted + (self.direct or 0)

    @property
    def spent_percent(self) -> int | None:
        """Of the budget, rounded down; none without a budget."""
        return self.spent * 100 // self.budget if self.budget else None


@dataclass(frozen=True, slots=True)
class ProgressSubject:
    """What a requirement is given. `gap` is the programme's, in percentage points."""

    summary: str
    rows: tuple[Row, ...]
    gap: int


def _whole(report: ProgressSubject) -> Iterator[Problem]:
    typed = (("direct", "直営の支出"), ("expected", "支出見込額"), ("percent", "進捗率"))
    for row in report.rows:
        missing = [label for name, label in typed if getattr(row, name) is None]
        if missing:
            yield Problem(
                f"{SECTION}/{row.uid}/percent",
                f"{row.title}の{'、'.join(missing)}を入力してください。",
                "ないときは、0。",
            )


def _late(report: ProgressSubject) -> Iterator[Problem]:
    for row in report.rows:
        if row.is_late and not row.reason.strip():
            yield Problem(
                f"{SECTION}/{row.uid}/reason",
                f"{row.title}の遅れている理由と対応を入力してください。",
            )


def _within(report: ProgressSubject) -> Iterator[Problem]:
    for row in report.rows:
        total = row.spent + (row.expected or 0)
        if total > row.budget:
            yield Problem(
                f"{SECTION}/{row.uid}/expected",
                f"{row.title}の支出済額と支出見込額の合計（{format_yen(total)}）が、予算額"
                f"（{format_yen(row.budget)}）を超えています。",
                "流用の記録か、変更の承認が要ります。",
            )


def _gap(report: ProgressSubject) -> Iterator[Problem]:
    """A question, not a fault: work is often done before it is paid."""
    for row in report.rows:
        if row.percent is None or row.direct is None or not row.budget:
            continue
        if abs(row.percent * row.budget - row.spent * 100) > report.gap * row.budget:
            yield Problem(
                f"{SECTION}/{row.uid}/percent",
                f"{row.title}の進捗率（{row.percent}%）と、予算のうち支出した割合"
                f"（{row.spent_percent}%）の差が、{report.gap}ポイントを超えています。",
                "支払が後になるなど理由があるときは、そのまま提出できます。",
            )


REQUIREMENTS = (
    Requirement(
        "progress.whole",
        "",
        Subject.PROGRESS,
        "すべての取組の支出、見込み、進捗率を記載している。",
        True,
        _whole,
        lambda r: f"取組{len(r.rows)}件",
        law=_LAW,
    ),
    Requirement(
        "progress.late",
        "",
        Subject.PROGRESS,
        "遅れている取組の理由と対応を示している。",
        True,
        _late,
        lambda r: f"遅れている取組 {sum(row.is_late for row in r.rows)}件",
        law=_LAW,
    ),
    Requirement(
        "progress.within",
        "",
        Subject.PROGRESS,
        "支出と見込みが、取組の予算額以下である。",
        False,
        _within,
        lambda r: "予算額以下",
        law="適正化法7条1項1号",
    ),
    Requirement(
        "progress.gap",
        "",
        Subject.PROGRESS,
        "進捗率が、支出した割合と大きく違わない。",
        False,
        _gap,
        lambda r: f"差は{r.gap}ポイント以内",
        law=_LAW,
    ),
)


def report_of(filing: Filing) -> ProgressReport:
    found: ProgressReport = ProgressReport.objects.select_related(
        "filing", "award__programme", "award__grantee"
    ).get(filing=filing)
    return found


def read(report: ProgressReport) -> ProgressSubject:
    rows = tuple(
        Row(
            str(one.uid),
            one.title,
            int(one.budget),
            int(one.contracted),
            one.direct,
            one.expected,
            one.percent,
            one.is_late,
            one.reason,
        )
        for one in report.rows.all()
    )
    terms = report.award.programme.terms()
    return ProgressSubject(report.summary, rows, terms.progress_gap_points)


def judgements_of(report: ProgressReport) -> list[Judgement]:
    return judge(Subject.PROGRESS, read(report))


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(report_of(filing))


def amount_rows(subject: ProgressSubject) -> list[dict[str, Any]]:
    budget = sum(row.budget for row in subject.rows)
    contracted = sum(row.contracted for row in subject.rows)
    direct = sum(row.direct or 0 for row in subject.rows)
    expected = sum(row.expected or 0 for row in subject.rows)
    return [
        amount_row("A", "予算額", "いま効力のある計画", budget),
        amount_row("B", "委託先への支払", "契約の記録から", contracted),
        amount_row("C", "直営の支出", "", direct),
        amount_row("D", "支出済額", "B＋C", contracted + direct, True),
        amount_row("E", "支出見込額", "", expected),
        amount_row("F", "残り", "A−D−E", budget - contracted - direct - expected),
    ]


_COLUMNS = (
    ("title", "取組", "text"),
    ("budget", "予算額", "yen"),
    ("contracted", "委託先への支払", "yen"),
    ("direct", "直営の支出", "yen"),
    ("spent", "支出済額", "yen"),
    ("expected", "支出見込額", "yen"),
    ("percent", "進捗率（%）", "count"),
    ("reason", "遅れている理由と対応", "text"),
)


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time."""
    report = report_of(filing)
    subject = read(report)
    whole = section(
        SECTION,
        "取組の遂行状況",
        _LAW,
        [
            field("as_of", "基準日", report.as_of),
            field("summary", "事業全体の状況", report.summary),
        ],
    )
    whole["tables"] = [
        {
            "key": "progress",
            "title": "取組ごとの状況",
            "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in _COLUMNS],
            "rows": [
                {"uid": row.uid, "cells": {key: getattr(row, key) for key, _, _ in _COLUMNS}}
                for row in subject.rows
            ],
        }
    ]
    return {
        **head(report, "progress/1"),
        "sections": [whole],
        "amount_rows": amount_rows(subject),
        "judgements": as_values(judgements_of(report)),
    }


PROGRESS = FilingKind(
    name="progress",
    label="遂行状況報告",
    symbol="P",
    payload=payload,
    judgements=judgements,
    document_kind="progress",
    editors=lambda filing: set(filing.progressreport.editors.values_list("pk", flat=True)),
    writing_url_name="progress:edit",
    amounts_title="経費の状況",
)
