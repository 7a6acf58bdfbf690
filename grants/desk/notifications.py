"""Who is told what by the desk. No amounts and no names in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from grants.filings.api import Filing
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import SecondReading


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


@writes("desk.second_reader")
def second_reader(pk: str) -> Iterable[Draft]:
    """To the one who was asked."""
    reading = SecondReading.objects.select_related("filing__programme", "filing__grantee").get(
        pk=pk
    )
    office = Organisation.objects.cabinet_office().first()
    if office is not None:
        yield Draft(
            office,
            (Role.REVIEWER,),
            f"{reading.filing}の二次確認の依頼があります",
            "提出された内容を読み、意見を記録してください。",
            reverse("reviews:review", args=[reading.filing_id]),
            "内閣府",
            users=(reading.reader_id,),
        )
