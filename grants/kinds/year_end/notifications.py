"""Who is told that a 年度終了実績報告 was taken note of."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.notifications.api import Draft, writes


@writes("yearend.accepted")
def accepted(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    yield Draft(
        filing.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{filing.programme.year_label} {filing.kind_label}が確認されました",
        "事業が完了したら、実績報告を提出してください。",
        filing.get_absolute_url(),
        "内閣府",
    )
