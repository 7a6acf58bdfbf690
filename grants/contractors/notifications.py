from __future__ import annotations

from collections.abc import Iterable

from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import Contract


@writes("contract.concluded")
def concluded(pk: str) -> Iterable[Draft]:
    contract = Contract.objects.select_related(
        "contractor__grantee", "contractor__organisation"
    ).get(pk=pk)
    yield Draft(
        contract.contractor.organisation,
        (Role.RESPONSIBLE, Role.RECORDER),
        "契約が登録されました",
        "担当者は、月ごとの活動実績を入力できます。",
        contract.get_absolute_url(),
        contract.contractor.grantee.name,
    )
