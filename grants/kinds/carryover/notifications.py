"""Who is told of a 繰越し that was decided. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.notifications.api import Draft, writes


def _to_prefecture(pk: str, title: str, text: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    yield Draft(
        filing.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{filing.programme.year_label} {title}",
        text,
        filing.get_absolute_url(),
        "内閣府",
    )


@writes("carryover.approved")
def approved(pk: str) -> Iterable[Draft]:
    return _to_prefecture(
        pk,
        "繰越しが承認されました",
        "通知書で、承認された積算内訳と、完了の予定の日を確認してください。",
    )


@writes("carryover.refused")
def refused(pk: str) -> Iterable[Draft]:
    return _to_prefecture(pk, "繰越しが承認されませんでした", "通知書で、理由を確認してください。")
