"""Who is told what by the desk. No amounts and no names in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.filings.api import Filing
from portal.access.api import Role
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes


@writes("desk.reminder")
def reminder(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    due = filing.answer_due
    until = f"回答の期限は{day_with_weekday(due)}です。" if due else ""
    yield Draft(
        filing.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{filing.programme.year_label} {filing.kind_label}の差戻しへの回答をお願いします",
        f"{until}確認事項に回答し、もう一度提出してください。",
        filing.get_absolute_url(),
        "内閣府",
    )
