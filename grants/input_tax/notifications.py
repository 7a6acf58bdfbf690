"""Who is told that a figure is owed. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from grants.awards.api import Award
from portal.access.api import Role
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .duties import due_on


@writes("input_tax.owed")
def owed(pk: str) -> Iterable[Draft]:
    award = Award.objects.select_related("programme", "grantee").get(pk=pk)
    due = day_with_weekday(due_on(award.programme.terms()))
    yield Draft(
        award.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{award.programme.year_label} 仕入控除税額の報告が済んでいません（期限 {due}）",
        "控除税額がないときも、0円の報告が要ります。",
        reverse("input_tax:list"),
        "内閣府",
    )
