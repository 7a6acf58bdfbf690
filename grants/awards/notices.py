"""The paper that tells a body of a decision on a filing of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.filings.api import Filing
from portal.accounts.api import Organisation
from portal.documents.api import request_document

from .models import Decision


def request_notice(
    filing: Filing, decision: Decision, kind: str, title: str, data: Mapping[str, Any]
) -> None:
    """For the body and the Cabinet Office; the number of the paper is said in the act's Event."""
    data["_said"]["文書番号"] = decision.document_number
    office = Organisation.objects.cabinet_office().first()
    request_document(
        kind=kind,
        title=f"{title}（{decision.document_number}）",
        subject=decision,
        payload_hash=decision.sealed.sha256,
        readers=[filing.grantee, *([office] if office else [])],
        case_id=filing.case_id,
        is_filed=True,
    )
