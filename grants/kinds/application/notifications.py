"""Who is told what when an application moves. No amounts and no names in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from grants.approvals.api import standing_of
from grants.filings.api import Filing
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes


def _filing(pk: str) -> Filing:
    return Filing.objects.select_related("programme", "grantee").get(pk=pk)


def _to_prefecture(pk: str, title: str, text: str, *roles: str) -> Iterable[Draft]:
    filing = _filing(pk)
    what = f"{filing.programme.year_label} {filing.kind_label}"
    yield Draft(
        filing.grantee,
        roles or (Role.DRAFTER, Role.APPROVER),
        title.format(what=what),
        text,
        filing.get_absolute_url(),
        "内閣府",
    )


def _to_office(pk: str, title: str, text: str, *roles: str) -> Iterable[Draft]:
    filing = _filing(pk)
    office = Organisation.objects.cabinet_office().first()
    if office is not None:
        yield Draft(
            office,
            roles,
            title.format(what=f"{filing}"),
            text,
            filing.get_absolute_url(),
            filing.grantee.name,
        )


@writes("application.approval_requested")
def approval_requested(pk: str) -> Iterable[Draft]:
    filing = _filing(pk)
    standing = standing_of(filing)
    yield Draft(
        filing.grantee,
        (Role.APPROVER,),
        f"{filing.programme.year_label} {filing.kind_label}の決裁の依頼があります",
        "内容を確認し、承認するか戻してください。",
        reverse("approvals:approve", args=[filing.pk]),
        filing.grantee.name,
        standing.users_in_turn if standing else (),
    )


@writes("application.handed_back")
def handed_back(pk: str) -> Iterable[Draft]:
    return _to_prefecture(
        pk, "{what}が決裁者から戻されました", "理由を確認し、直してください。", Role.DRAFTER
    )


@writes("application.submitted")
def submitted(pk: str) -> Iterable[Draft]:
    yield from _to_office(pk, "{what}が届きました", "審査を始めてください。", Role.REVIEWER)
    yield from _to_prefecture(pk, "{what}を提出しました", "受付番号と控えを確認できます。")


@writes("application.returned")
def returned(pk: str) -> Iterable[Draft]:
    due = _filing(pk).answer_due
    until = f"（{day_with_weekday(due)}まで）" if due else ""
    return _to_prefecture(
        pk, "{what}が差し戻されました" + until, "確認事項に回答し、もう一度提出してください。"
    )


@writes("application.reviewed")
def reviewed(pk: str) -> Iterable[Draft]:
    return _to_office(
        pk, "{what}の審査が終わりました", "内容を確認し、決定してください。", Role.DECIDER
    )


@writes("application.review_reopened")
def review_reopened(pk: str) -> Iterable[Draft]:
    return _to_office(pk, "{what}が審査へ戻されました", "理由を確認してください。", Role.REVIEWER)


@writes("application.decided")
def decided(pk: str) -> Iterable[Draft]:
    return _to_prefecture(
        pk, "{what}について交付の決定がありました", "通知書で、決定の内容と条件を確認してください。"
    )


@writes("application.declined")
def declined(pk: str) -> Iterable[Draft]:
    return _to_prefecture(
        pk, "{what}について不交付の決定がありました", "通知書で、理由を確認してください。"
    )


@writes("application.withdrawn")
def withdrawn(pk: str) -> Iterable[Draft]:
    """The office is not told of a draft that it never saw."""
    if _filing(pk).first_submitted_at is None:
        return []
    return _to_office(
        pk, "{what}が取り下げられました", "経過を確認してください。", Role.REVIEWER, Role.DECIDER
    )
