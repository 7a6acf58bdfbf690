"""Who is told of a 流用. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.awards.api import Award
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import ProgressCall, Reallocation


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


@writes("changes.called")
def called(pk: str) -> Iterable[Draft]:
    """Every body asked that has a decision in force."""
    call = ProgressCall.objects.select_related("programme").get(pk=pk)
    awards = Award.objects.in_force().filter(programme=call.programme)
    if call.grantee_id is not None:
        awards = awards.filter(grantee_id=call.grantee_id)
    for award in awards.select_related("grantee").order_by("grantee__prefecture_id"):
        yield Draft(
            award.grantee,
            (Role.DRAFTER, Role.APPROVER),
            f"遂行状況の報告が求められています（{day_with_weekday(call.due_on)}まで）",
            "基準日の状況を入力し、期限までに提出してください。",
            "/progress/",
            "内閣府",
        )
