"""訂正通知: which papers can be corrected, and what each is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from grants.filings.api import canonical, digest
from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.identifiers import DocumentNumber
from portal.core.problems import Refused
from portal.documents.api import Document, request_document
from portal.outbox.api import enqueue

from .models import Correction, Decision
from .notices import name_of
from .services import take_number


@dataclass(frozen=True, slots=True)
class Notice:
    """A paper as its correction names it; `terms` are those that stand on it."""

    name: str
    number: str
    issued_on: date
    grantee: Organisation
    terms: dict[str, Any]


Describe = Callable[[Document], Notice]
_kinds: dict[str, Describe] = {}


def register_correctable(kind: str, describe: Describe) -> None:
    _kinds[kind] = describe


def correctable_kinds() -> list[str]:
    return sorted(_kinds)


def notice_of(document: Document) -> Notice:
    """Raises LookupError for a paper that is not corrected by a notice."""
    return _kinds[document.kind](document)


def of_decision(document: Document) -> Notice:
    decision = Decision.objects.select_related("filing__grantee", "sealed").get(
        pk=document.subject_id
    )
    return Notice(
        name_of(decision),
        decision.document_number,
        decision.issued_on,
        decision.filing.grantee,
        decision.sealed.content["terms"],
    )


def correct_notice(
    *,
    actor: Actor,
    document: Document,
    wrong: str,
    right: str,
    reason: str,
    number: DocumentNumber | None,
    issued_on: date,
) -> Correction:
    """A notice of its own number that names the wrong one, which stays as it is, number and all.

    It mends the writing, not the act: an amount or a condition is changed by a decision (10条, 17条).
    Raises Refused for a day before that of the wrong notice, and for a number used already.
    """
    notice = notice_of(document)
    if issued_on < notice.issued_on:
        raise Refused(["施行日は、訂正する通知書の施行日以後にしてください。"])
    with transaction.atomic():
        office = Organisation.objects.get(pk=actor.organisation_id)
        shown = take_number(office, number, issued_on, f"c:{document.pk}")
        said = {"wrong": wrong, "right": right, "reason": reason}
        text = _text_of(notice, shown, issued_on, said)
        made = Correction.objects.create(
            document=document,
            grantee=notice.grantee,
            payload=text,
            sha256=digest(text),
            document_number=shown,
            issued_on=issued_on,
            issued_by_id=actor.user_id,
            issued_by_name=actor.name,
        )
        _tell(actor, made, office, notice, reason)
    return made


def _text_of(notice: Notice, number: str, issued_on: date, said: dict[str, str]) -> str:
    return canonical(
        {
            "form": "correction/1",
            "terms": notice.terms,
            "grantee": notice.grantee.name,
            "document_number": number,
            "issued_on": issued_on.isoformat(),
            "corrected_name": notice.name,
            "corrected_number": notice.number,
            "corrected_on": notice.issued_on.isoformat(),
            **said,
        }
    )


def _tell(
    actor: Actor, made: Correction, office: Organisation, notice: Notice, reason: str
) -> None:
    """The paper, the message, and last the Event, in the case of the wrong notice."""
    case_id = made.document.case_id
    request_document(
        kind="notice_of_correction",
        title=f"訂正通知書（{made.document_number}）",
        subject=made,
        payload_hash=made.sha256,
        issuer=office,
        readers=[notice.grantee, office],
        case_id=case_id,
        is_filed=True,
    )
    key = f"awards.corrected:{made.pk}"
    enqueue("notify", key, {"message": "awards.corrected", "pk": str(made.pk), "key": key})
    record(
        actor,
        "awards.correct",
        "訂正を通知する",
        made,
        case_id=case_id,
        data={
            "said": {
                "訂正する文書": notice.number,
                "文書番号": made.document_number,
                "理由": reason,
            }
        },
    )
