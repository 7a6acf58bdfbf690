"""Who is told that property was disposed of. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.notifications.api import Draft, writes

from .models import Asset


@writes("properties.disposed")
def disposed(pk: str) -> Iterable[Draft]:
    asset = Asset.objects.select_related("award__programme", "award__grantee").get(pk=pk)
    yield Draft(
        Organisation.objects.cabinet_office().get(),
        (Role.REVIEWER, Role.DECIDER),
        f"{asset.grantee.name}が財産の処分の完了を報告しました",
        "処分の内容を確認してください。承認の条件に国庫への納付があるときは、納付を命じてください。",
        asset.get_absolute_url(),
        asset.grantee.name,
    )
