"""Who is told of a survey and of its answers. No amounts in what is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from grants.allocations.api import Survey
from grants.filings.api import Filing
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes


@writes("needs.opened")
def opened(pk: str) -> Iterable[Draft]:
    survey = Survey.objects.select_related("programme").get(pk=pk)
    kinds = survey.programme.terms().eligible_bodies
    for body in Organisation.objects.filter(kind__in=kinds).order_by("prefecture_id", "name"):
        yield Draft(
            body,
            (Role.DRAFTER, Role.APPROVER),
            f"{survey}が始まりました（{day_with_weekday(survey.due_on)}まで）",
            "取組ごとの所要額を入力し、期限までに提出してください。",
            "/needs/",
            "内閣府",
        )


@writes("needs.accepted")
def accepted(pk: str) -> Iterable[Draft]:
    filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
    yield Draft(
        filing.grantee,
        (Role.DRAFTER, Role.APPROVER),
        f"{filing.programme.year_label} {filing.kind_label}の回答が確認されました",
        "この回答をもとに、内閣府が配分を検討します。",
        filing.get_absolute_url(),
        "内閣府",
    )
