"""事故・遅延 as a kind of filing: what is judged, and what is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from grants.changes.api import Incident, IncidentKind, plan_in_force
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Problem, Requirement, Subject, judge
from grants.kinds.discontinuance.stating import amount_row, as_values, field, head, section
from portal.core.dates import screen_date

from .beginning import named

_LAW = "適正化法7条1項5号"
SECTION = "incident"


@dataclass(frozen=True, slots=True)
class IncidentSubject:
    """What a requirement is given; `ends_on` is the day on which the plan in force would end."""

    what: str
    happened_on: date | None
    cause: str
    progress: str
    measures: str
    spent: int | None
    completes_on: date | None
    ends_on: date | None
    today: date


def _whole(report: IncidentSubject) -> Iterator[Problem]:
    typed = (
        ("what", bool(report.what), "事故か遅延かを選んでください。"),
        ("happened_on", report.happened_on is not None, "発生した日を入力してください。"),
        ("cause", bool(report.cause.strip()), "原因と内容を入力してください。"),
        ("progress", bool(report.progress.strip()), "進捗の状況を入力してください。"),
        ("measures", bool(report.measures.strip()), "とった措置と今後の見通しを入力してください。"),
        ("spent", report.spent is not None, "支出済額を入力してください。"),
    )
    for name, is_there, message in typed:
        if not is_there:
            yield Problem(f"{SECTION}//{name}", message)


def _days(report: IncidentSubject) -> Iterator[Problem]:
    if report.happened_on and report.happened_on > report.today:
        yield Problem(f"{SECTION}//happened_on", "発生した日は、今日以前の日付にしてください。")


def _delay(report: IncidentSubject) -> Iterator[Problem]:
    if report.what != IncidentKind.DELAY:
        return
    if report.completes_on is None:
        yield Problem(
            f"{SECTION}//completes_on", "遅延のときは、完了の見込みの日を入力してください。"
        )
    elif report.ends_on and report.completes_on <= report.ends_on:
        yield Problem(
            f"{SECTION}//completes_on",
            f"完了の見込みの日が、計画の完了予定日（{screen_date(report.ends_on)}）以前です。",
            "遅延でないときは、事故を選んでください。",
        )


REQUIREMENTS = (
    Requirement(
        "incident.whole",
        "",
        Subject.INCIDENT,
        "内容、原因、進捗、措置、支出済額を記載している。",
        True,
        _whole,
        lambda r: "記載あり",
        law=_LAW,
    ),
    Requirement(
        "incident.days",
        "",
        Subject.INCIDENT,
        "発生した日が、報告の日以前である。",
        True,
        _days,
        lambda r: "" if r.happened_on is None else screen_date(r.happened_on),
        law=_LAW,
    ),
    Requirement(
        "incident.delay",
        "",
        Subject.INCIDENT,
        "遅延のときは、完了の見込みを示している。",
        True,
        _delay,
        lambda r: "" if r.completes_on is None else screen_date(r.completes_on),
        law=_LAW,
    ),
)


def incident_of(filing: Filing) -> Incident:
    found: Incident = Incident.objects.select_related(
        "filing", "award__programme", "award__grantee", "origin"
    ).get(filing=filing)
    return found


def judgements_of(incident: Incident) -> list[Judgement]:
    subject = IncidentSubject(
        what=incident.what,
        happened_on=incident.happened_on,
        cause=incident.cause,
        progress=incident.progress,
        measures=incident.measures,
        spent=incident.spent,
        completes_on=incident.completes_on,
        ends_on=plan_in_force(incident.award).completes_on,
        today=timezone.localdate(),
    )
    return judge(Subject.INCIDENT, subject)


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(incident_of(filing))


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time."""
    incident = incident_of(filing)
    planned = plan_in_force(incident.award)
    cost = sum(line.amount or 0 for line in planned.lines)
    spent = incident.spent or 0
    fields = [
        field("what", "事故・遅延の別", incident.get_what_display()),
        field("happened_on", "発生した日", incident.happened_on),
        field("cause", "原因と内容", incident.cause),
        field("progress", "進捗の状況", incident.progress),
        field("measures", "とった措置と今後の見通し", incident.measures),
        field("spent", "支出済額", incident.spent, "yen"),
        field("planned_end", "計画の完了予定日", planned.completes_on),
        field("completes_on", "完了の見込みの日", incident.completes_on),
    ]
    if incident.origin is not None:
        fields.append(field("origin", "基にした委託先の報告", named(incident.origin)))
    return {
        **head(incident, "incident/1"),
        "sections": [section(SECTION, "事故・遅延の内容", _LAW, fields)],
        "amount_rows": [
            amount_row("A", "計画の総事業費", "いま効力のある計画", cost),
            amount_row("B", "支出済額", "", spent),
            amount_row("C", "残り", "A−B", cost - spent, True),
        ],
        "judgements": as_values(judgements_of(incident)),
    }


INCIDENT = FilingKind(
    name="incident",
    label="事故・遅延報告",
    symbol="E",
    payload=payload,
    judgements=judgements,
    document_kind="incident",
    editors=lambda filing: set(filing.incident.editors.values_list("pk", flat=True)),
    writing_url_name="incident:edit",
    amounts_title="経費の状況",
)
