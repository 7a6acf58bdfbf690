"""Who is told that a 請求 was accepted. No amounts and no accounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.notifications.api import Draft, writes


@writes("claim.accepted")
def accepted(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    yield Draft(
        filing.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{filing.programme.year_label} 請求が認められました",
        "支払が記録されると、もう一度お知らせします。",
        filing.get_absolute_url(),
        "内閣府",
    )
