"""What 再委託承諾願 and 再委託承諾書 say of a link, as they are printed."""

from __future__ import annotations

from typing import Any

from .models import Subcontract


def request_content(link: Subcontract) -> dict[str, Any]:
    body = link.contractor
    return {
        "link_kind": link.get_kind_display(),
        "asked_of": link.asked_of,
        "body": body.name,
        "body_address": body.address,
        "body_representative": body.representative,
        "body_number": body.organisation.corporate_number or "",
        "work": link.work,
        "reason": link.reason,
        "activities": [
            f"{one.title}　{one.name}（{one.get_extent_display()}）"
            for one in link.activities.all()
        ],
        "shares": [{"item": share.item, "amount": share.amount} for share in link.shares.all()],
        "amount": link.amount,
        "from_on": link.starts_on.isoformat(),
        "until_on": link.ends_on.isoformat(),
        "begun": link.begun_on is not None,
        "is_change": link.replaces_id is not None,
        **({"begun_on": link.begun_on.isoformat()} if link.begun_on else {}),
        **({"requested_on": link.requested_on.isoformat()} if link.requested_on else {}),
    }


def consent_content(link: Subcontract) -> dict[str, Any]:
    assert link.consented_on is not None  # set by the act that prints it
    return request_content(link) | {
        "consented_on": link.consented_on.isoformat(),
        "document_number": link.document_number,
        "conditions": link.conditions,
    }
