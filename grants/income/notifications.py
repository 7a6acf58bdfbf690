"""Who is told that a report is owed. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from grants.awards.api import Award
from portal.access.api import Role
from portal.core.actor import system
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .duties import duties_of


@writes("income.owed")
def owed(pk: str) -> Iterable[Draft]:
    award = Award.objects.select_related("programme", "grantee").get(pk=pk)
    duty = next((one for one in duties_of(system("通知"), award) if one.is_open), None)
    if duty is not None:
        due = day_with_weekday(duty.due_on)
        yield Draft(
            award.grantee,
            (Role.DRAFTER, Role.APPROVER),
            f"{award.programme.year_label}の交付決定 {duty.year.label}の収益状況の報告が済んでいません（期限 {due}）",
            "収入がなかったときも、その旨の報告が要ります。",
            reverse("income:list"),
            "内閣府",
        )
