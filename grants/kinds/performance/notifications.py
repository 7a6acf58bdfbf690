"""Who is told of a 実績報告. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.notifications.api import Draft, writes


def _filing(pk: str) -> Filing:
    return Filing.objects.select_related("programme", "grantee").get(pk=pk)


@writes("performance.examined")
def examined(pk: str) -> Iterable[Draft]:
    filing = _filing(pk)
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


@writes("performance.paying")
def paying(pk: str) -> Iterable[Draft]:
    filing = _filing(pk)
    office = Organisation.objects.cabinet_office().first()
    if office is not None:
        yield Draft(
            office,
            (Role.REVIEWER,),
            f"{filing.grantee.name} 実績報告を支払済みの額に直しています",
            "もう一度提出されてから、審査を続けてください。",
            filing.get_absolute_url(),
            filing.grantee.name,
        )


@writes("performance.unpaid")
def unpaid(pk: str) -> Iterable[Draft]:
    """出納閉鎖 is over: what was expected was paid, or is no cost of the year."""
    filing = _filing(pk)
    yield Draft(
        filing.grantee,
        (Role.DRAFTER,),
        "実績報告に支払見込額が残っています",
        "支払済みの額に直して、もう一度提出してください。額の確定は、その後になります。",
        filing.get_absolute_url(),
        "内閣府",
    )
