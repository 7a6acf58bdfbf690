"""What a transition of a request does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import take_number
from grants.filings.api import canonical, digest
from portal.accounts.api import Organisation, User
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.documents.api import request_document

from .files import as_listed, files_of
from .masking import hidden_words, masked_parts, parts_of
from .models import DisclosedText, DisclosureRequest
from .rules import decision_due, masked
from .states import Outcome

Data = Mapping[str, Any]


def prepare(request: DisclosureRequest, actor: Actor, data: Data) -> None:
    request.editors.add(*User.objects.filter(pk=actor.user_id))


def send_back(request: DisclosureRequest, actor: Actor, data: Data) -> None:
    data["_said"]["理由"] = data["reason"]


def extend(request: DisclosureRequest, actor: Actor, data: Data) -> None:
    """10条2項: by as many days more, once."""
    terms = request.award.programme.terms()
    days = terms.disclosure_days + terms.disclosure_extension_days
    request.due_on = decision_due(request.received_on, days).day
    request.extension_reason = data["reason"]
    data["_said"]["理由"] = data["reason"]
    data["_said"]["期限"] = day_with_weekday(request.due_on)


def disclose(request: DisclosureRequest, actor: Actor, data: Data) -> None:
    """The masked text is drawn now, kept, and printed from what was kept."""
    office = _number(request, actor, data)
    pairs = hidden_words(request)
    parts, found = masked_parts(parts_of(request), [hidden for hidden, _ in pairs])
    files = as_listed(files_of(request), lambda text: masked(text, [one for one, _ in pairs])[0])
    is_part = bool(found) or any(one["article"] for one in files)
    request.outcome = Outcome.PART if is_part else Outcome.WHOLE
    terms = request.award.programme.terms()
    names = ("year_label", "official_name", "project_name", "addressee")
    text = canonical(
        {
            "form": "disclosure/2",
            "terms": {name: getattr(terms, name) for name in names},
            "grantee": request.grantee.name,
            "document_number": request.document_number,
            "issued_on": data["issued_on"].isoformat(),
            "outcome": request.get_outcome_display(),
            "parts": [
                {"title": part.title, "heading": part.heading, "lines": list(part.lines)}
                for part in parts
            ],
            "files": files,
            "masks": [
                {
                    "number": hidden.number,
                    "article": word.basis.article,
                    "title": word.basis.title,
                    "text": word.basis.text,
                    "note": word.note,
                }
                for hidden, word in pairs
                if hidden.number in found
            ],
        }
    )
    made = DisclosedText.objects.create(request=request, payload=text, sha256=digest(text))
    request_document(
        kind="disclosure",
        title=f"開示する文書（{request.document_number}）",
        subject=made,
        payload_hash=made.sha256,
        issuer=office,
        readers=[office],
        case_id=request.pk,
    )
    data["_said"]["隠した箇所の種類"] = f"{len(found)}件"
    given = sum(bool(one["given_sha256"]) for one in files)
    data["_said"]["ファイル"] = f"開示する{given}件、開示しない{len(files) - given}件"


def refuse(request: DisclosureRequest, actor: Actor, data: Data) -> None:
    _number(request, actor, data)
    request.outcome, request.reason = Outcome.NONE, data["reason"]
    data["_said"]["理由"] = data["reason"]


def _number(request: DisclosureRequest, actor: Actor, data: Data) -> Organisation:
    office = Organisation.objects.get(pk=actor.organisation_id)
    request.decided_on, request.issued_on = data["decided_on"], data["issued_on"]
    request.document_number = take_number(
        office, data["document_number"], data["issued_on"], f"d:{request.pk}"
    )
    request.decided_by_name = actor.name
    data["_said"]["文書番号"] = request.document_number
    return office
