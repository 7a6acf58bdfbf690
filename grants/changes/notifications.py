"""Who is told of a 流用. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.notifications.api import Draft, writes

from .models import Reallocation


@writes("changes.moved")
def moved(pk: str) -> Iterable[Draft]:
    made = Reallocation.objects.select_related("award__grantee", "award__programme").get(pk=pk)
    office = Organisation.objects.cabinet_office().first()
    if office is not None:
        yield Draft(
            office,
            (Role.REVIEWER,),
            f"{made.award.grantee.name}が予算の流用を記録しました",
            "軽微な変更の範囲です。内容を確認できます。",
            made.get_absolute_url(),
            made.award.grantee.name,
        )
