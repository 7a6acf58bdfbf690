"""財産処分 as a kind of filing: what is judged, and what is sealed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Subject, judge
from grants.kinds.discontinuance.stating import amount_row, as_values, field, head, section
from grants.properties.api import (
    DisposalRequest,
    Valued,
    is_blanket,
    policy_of,
    value,
)

from .requirements import SECTION, DisposalSubject

_LAW = "適正化法22条"


def request_of(filing: Filing) -> DisposalRequest:
    found: DisposalRequest = DisposalRequest.objects.select_related(
        "filing", "award__programme", "award__grantee", "asset__award__programme"
    ).get(filing=filing)
    return found


def valued(request: DisposalRequest) -> Valued:
    """As of the day on which it is to be disposed of."""
    policy = policy_of(request.award.programme.terms())
    on = request.planned_on or timezone.localdate()
    return value(request.asset.restricted, on, int(request.proceeds), policy)


def judgements_of(request: DisposalRequest) -> list[Judgement]:
    restricted, on = request.asset.restricted, request.planned_on or timezone.localdate()
    policy = policy_of(request.award.programme.terms())
    subject = DisposalSubject(
        kind=request.kind,
        planned_on=request.planned_on,
        counterpart=request.counterpart,
        proceeds=int(request.proceeds),
        reason=request.reason,
        afterwards=request.afterwards,
        ends_on=restricted.ends_on,
        today=timezone.localdate(request.filing.first_submitted_at),
        returned=valued(request).returned,
        is_blanket=is_blanket(restricted, request.kind, int(request.proceeds), on, policy),
    )
    return judge(Subject.DISPOSAL, subject)


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(request_of(filing))


def amount_rows(request: DisposalRequest) -> list[dict[str, Any]]:
    return [
        amount_row(column, step.label, step.how, step.amount, step.decides)
        for column, step in zip("ABCDE", valued(request).steps, strict=False)
    ]


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time."""
    request = request_of(filing)
    asset, found = request.asset, valued(request)
    fields = [
        field("asset", "財産", f"{asset.shown_number}　{asset.name}"),
        field("specification", "規格と数量", f"{asset.specification}　{asset.quantity}点".strip()),
        field("location", "保管する者と場所", f"{asset.keeper_name}　{asset.location}"),
        field("acquired_on", "取得日", asset.acquired_on),
        field("ends_on", "処分制限の最後の日", asset.restricted.ends_on),
        field("kind", "処分の種類", request.get_kind_display()),
        field("planned_on", "処分の予定日", request.planned_on),
        field("counterpart", "相手方", request.counterpart),
        field("proceeds", "処分による収入の見込額", int(request.proceeds), "yen"),
        field("reason", "処分の理由", request.reason),
        field("afterwards", "処分した後の使いみち", request.afterwards),
        field("remaining", "残存価額", found.remaining, "yen"),
        field("returned", "国庫に納付する額", found.returned, "yen"),
    ]
    return {
        **head(request, "disposal/1"),
        "asset": {"number": asset.shown_number, "name": asset.name, "amount": int(asset.amount)},
        "disposal_kind": request.get_kind_display(),
        "returned": found.returned,
        "sections": [section(SECTION, "処分の内容", _LAW, fields)],
        "amount_rows": amount_rows(request),
        "judgements": as_values(judgements_of(request)),
    }


DISPOSAL = FilingKind(
    name="disposal",
    label="財産処分承認申請",
    symbol="G",
    payload=payload,
    judgements=judgements,
    document_kind="disposal",
    editors=lambda filing: set(filing.disposalrequest.editors.values_list("pk", flat=True)),
    writing_url_name="disposal:edit",
    is_decided=True,
    amount_label="国庫に納付する額",
    amounts_title="残存価額と納付額",
)
