"""Who is told of a visit. Not what was found: that is read on the page."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import Visit

_OFFICE = "内閣府"
_READERS = tuple(sorted({Role.DRAFTER, Role.APPROVER}))


def _to_body(pk: str, title: str, text: str) -> Draft:
    visit = Visit.objects.for_lists().get(pk=pk)
    day = day_with_weekday(visit.planned_on)
    return Draft(
        visit.grantee,
        _READERS,
        title.format(kind=visit.get_kind_display(), day=day),
        text.format(place=visit.place, day=day),
        visit.get_absolute_url(),
        _OFFICE,
    )


@writes("visit.noticed")
def noticed(pk: str) -> Iterable[Draft]:
    yield _to_body(
        pk,
        "{kind}の通知がありました（{day}）",
        "{day}、{place}で行います。検査の対象と検査職員を確認してください。",
    )


@writes("visit.reported")
def reported(pk: str) -> Iterable[Draft]:
    yield _to_body(pk, "{kind}の結果の通知がありました", "検査の結果と記録を確認してください。")


@writes("visit.entered")
def entered(pk: str) -> Iterable[Draft]:
    visit = Visit.objects.for_lists().get(pk=pk)
    yield Draft(
        visit.grantee,
        _READERS,
        f"{visit.get_authority_display()}の検査の結果が登録されました",
        "登録の内容を確認してください。指摘があれば、意見を求めます。",
        visit.get_absolute_url(),
        _OFFICE,
    )
