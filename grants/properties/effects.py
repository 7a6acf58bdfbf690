from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.core.problems import Refused

from .models import Asset
from .register import approvals_on, policy_of, report_due
from .rules import needs_approval, permission_for

Data = Mapping[str, Any]


def dispose(asset: Asset, actor: Actor, data: Data) -> None:
    """適正化法22条: nothing without an approval while the restriction runs. Raises Refused."""
    on, kind, proceeds = data["disposed_on"], data["disposal_kind"], data["proceeds"]
    if on < asset.acquired_on or on > timezone.localdate():
        raise Refused(["処分の日は、取得日以後、今日以前の日付にしてください。"])
    terms = asset.award.programme.terms()
    approvals = [
        approval
        for request, approval in approvals_on(asset)
        if request.filing.decision.issued_on <= on
    ]
    permission = permission_for(
        asset.restricted,
        kind=kind,
        proceeds=proceeds,
        on=on,
        approvals=approvals,
        policy=policy_of(terms),
    )
    if permission is None:
        raise Refused([needs_approval(asset.restricted, kind)])
    asset.disposal_kind, asset.disposed_on, asset.proceeds = kind, on, proceeds
    asset.disposed_under, asset.closing_note = permission, data["closing_note"]
    asset.reported_at = timezone.now()
    due = report_due(on, terms)
    data["_said"].update(
        {
            "処分": f"{asset.get_disposal_kind_display()}　{day_with_weekday(on)}",
            "根拠": permission.label,
            "収入額": format_yen(proceeds),
            "完了の報告の期限": day_with_weekday(due),
        }
    )


def strike(asset: Asset, actor: Actor, data: Data) -> None:
    asset.closing_note = data["reason"]
    data["_said"]["理由"] = data["reason"]
