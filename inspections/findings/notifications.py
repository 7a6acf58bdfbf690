"""Who is told of a finding. Not its content: that is read on the page."""

from __future__ import annotations

from collections.abc import Iterable

from inspections.visits.api import INSPECTORS
from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import Finding
from .policy import ANSWERERS

_OFFICE = "内閣府"


def _finding(pk: str) -> Finding:
    found: Finding = Finding.objects.for_lists().get(pk=pk)
    return found


def _to_body(pk: str, title: str, text: str) -> Draft:
    finding = _finding(pk)
    due = day_with_weekday(finding.due_on) if finding.due_on else ""
    return Draft(
        finding.grantee,
        tuple(sorted(ANSWERERS)),
        title.format(number=finding.number, due=due),
        text.format(due=due),
        finding.get_absolute_url(),
        _OFFICE,
    )


def _to_team(pk: str, title: str, text: str) -> Draft:
    finding = _finding(pk)
    return Draft(
        Organisation.objects.cabinet_office().get(),
        tuple(sorted(INSPECTORS)),
        title.format(body=finding.grantee.name, number=finding.number),
        text,
        finding.get_absolute_url(),
        finding.grantee.name,
        users=tuple(finding.visit.team.values_list("user_id", flat=True)),
    )


@writes("finding.issued")
def issued(pk: str) -> Iterable[Draft]:
    yield _to_body(
        pk, "検査の指摘{number}が通知されました", "内容を確認し、期限までに意見を出してください。"
    )


@writes("finding.commented")
def commented(pk: str) -> Iterable[Draft]:
    yield _to_team(
        pk, "{body}から、指摘{number}への意見が届きました", "意見を読み、決定権者に伝えてください。"
    )


@writes("finding.upheld")
def upheld(pk: str) -> Iterable[Draft]:
    yield _to_body(
        pk,
        "検査の指摘{number}の是正を求められました（{due}まで）",
        "是正の計画と担当を書き、{due}までに行った是正を報告してください。",
    )


@writes("finding.dropped")
def dropped(pk: str) -> Iterable[Draft]:
    yield _to_body(pk, "検査の指摘{number}は取りやめになりました", "することはありません。")


@writes("finding.corrected")
def corrected(pk: str) -> Iterable[Draft]:
    yield _to_team(
        pk,
        "{body}から、指摘{number}の是正の報告が届きました",
        "是正を確かめ、終結するか、再度の是正を求めてください。",
    )


@writes("finding.closed")
def closed(pk: str) -> Iterable[Draft]:
    yield _to_body(pk, "検査の指摘{number}が終結しました", "することはありません。")
