"""Who is told that a case was opened. No names of cases in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.accounts.api import User
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import Reading


@writes("readings.opened")
def opened(pk: str) -> Iterable[Draft]:
    reading = Reading.objects.select_related("organisation", "grantee").get(pk=pk)
    people = User.objects.filter(email=reading.email).values_list("pk", flat=True)
    yield Draft(
        reading.organisation,
        (Role.READER,),
        f"{reading.grantee.name}の案件を閲覧できます",
        f"{day_with_weekday(reading.starts_on)}から{day_with_weekday(reading.ends_on)}まで読めます。"
        "読んだ画面は、すべて記録されます。",
        reading.get_absolute_url(),
        reading.grantee.name,
        users=tuple(people),
    )
