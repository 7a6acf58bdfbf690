"""Who is told that a 収益状況報告 was confirmed. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.income.api import IncomeReport
from portal.access.api import Role
from portal.notifications.api import Draft, writes


@writes("income.accepted")
def accepted(pk: str) -> Iterable[Draft]:
    report = IncomeReport.objects.select_related("filing__programme", "filing__grantee").get(pk=pk)
    filing = report.filing
    if report.increase:
        follows = "国に納付する額があります。納付の命令をお待ちください。"
    elif report.change:
        follows = "国に納付する額が減ります。減額の措置が決まると、もう一度お知らせします。"
    else:
        follows = "この報告による納付は、要りません。"
    yield Draft(
        filing.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{filing.programme.year_label}の交付決定 {report.year.label}の収益状況報告が確認されました",
        follows,
        filing.get_absolute_url(),
        "内閣府",
    )
