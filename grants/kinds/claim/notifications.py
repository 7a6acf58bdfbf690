"""Who is told that a 請求 was accepted. No amounts and no accounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.notifications.api import Draft, writes


@writes("claims.given_up")
def given_up(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    office = Organisation.objects.cabinet_office().first()
    if office is not None:
        yield Draft(
            office,
            (Role.DECIDER,),
            f"{filing.grantee.name} 請求の残りの取りやめ",
            "支払を待つ請求から外れました。理由は、請求のページにあります。",
            filing.get_absolute_url(),
            filing.grantee.name,
        )


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
