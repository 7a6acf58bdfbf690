"""Who is told of the instruction on a 事故・遅延報告."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.notifications.api import Draft, writes


@writes("incident.instructed")
def instructed(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    yield Draft(
        filing.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{filing.programme.year_label} {filing.kind_label}に指示がありました",
        "指示を確認し、必要な手続をしてください。",
        filing.get_absolute_url(),
        "内閣府",
    )
