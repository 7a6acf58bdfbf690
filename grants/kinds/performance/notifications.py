"""Who is told of a 実績報告. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.notifications.api import Draft, writes


@writes("performance.examined")
def examined(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    office = Organisation.objects.cabinet_office().first()
    if office is not None:
        yield Draft(
            office,
            (Role.DECIDER,),
            f"{filing.grantee.name} 実績報告の審査が終わりました",
            "減額と再計算の結果を確認し、額を確定してください。",
            filing.get_absolute_url(),
            "内閣府",
        )
