"""Who is told that it is their turn."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from grants.filings.api import Filing
from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .standing import standing_of


@writes("approvals.next")
def next_turn(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    standing = standing_of(filing)
    if standing is None or filing.state != "awaiting_approval":
        return
    yield Draft(
        filing.grantee,
        (Role.APPROVER,),
        f"{filing.programme.year_label} {filing.kind_label}の決裁の順番が来ました",
        "内容を確認し、承認するか戻してください。",
        reverse("approvals:approve", args=[filing.pk]),
        filing.grantee.name,
        standing.users_in_turn,
    )
