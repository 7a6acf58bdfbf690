"""Who is told that a 仕入控除税額の報告 was confirmed. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.notifications.api import Draft, writes


@writes("input_tax.accepted")
def accepted(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    yield Draft(
        filing.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{filing.programme.year_label} {filing.kind_label}が確認されました",
        "国に返す額があるときは、返還の命令をお待ちください。",
        filing.get_absolute_url(),
        "内閣府",
    )
