"""Sealing, receipt numbers, points and their answers: the verbs around a filing's transitions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Document

from .effects import remember_reviewer
from .handling import against_handling
from .kinds import kind_of
from .models import CheckMark, Filing, ReceiptCounter, ReviewItem, ReviewMessage, SealedVersion
from .rules import Clock, clock
from .sealing import canonical, cells, changes, digest
from .states import CLOSED, FilingState, ItemState, Route, Verdict


def draw_receipt_number(filing: Filing) -> str:
    """«2026-A-0001»: by programme year and kind, without gaps, kept across versions."""
    symbol = kind_of(filing.kind).symbol
    counter, _ = ReceiptCounter.objects.select_for_update().get_or_create(
        programme_id=filing.programme_id, symbol=symbol
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{filing.programme.fiscal_year}-{symbol}-{counter.last:04d}"


def seal(
    filing: Filing,
    actor: Actor,
    *,
    route: str = Route.PORTAL,
    document_number: str = "",
    decided_on: date | None = None,
    issued_on: date | None = None,
) -> SealedVersion:
    """Freezes what is filed now as the next version; the time is that of arrival (26条の3)."""
    now = timezone.now()
    if filing.receipt_number is None:
        filing.receipt_number = draw_receipt_number(filing)
        filing.first_submitted_at = now
    filing.number += 1
    filing.submitted_at = now
    payload = written(filing, at=now, document_number=document_number)
    text = canonical(payload)
    filing.requested_amount = payload.get("amounts", {}).get("i")
    forget_latest_version(filing)
    return SealedVersion.objects.create(
        filing=filing,
        number=filing.number,
        payload=text,
        sha256=digest(text),
        sealed_at=now,
        sealed_by_id=actor.user_id,
        sealed_by_name=actor.name,
        route=route,
        document_number=document_number,
        decided_on=decided_on,
        issued_on=issued_on,
    )


def written(filing: Filing, *, at: datetime, document_number: str = "") -> dict[str, Any]:
    """Everything that is sealed or printed, as it stands: the content and what goes with it."""
    return {
        **kind_of(filing.kind).payload(filing),
        "form_number": filing.form_number,
        "receipt_number": filing.receipt_number,
        "number": filing.number,
        "submitted_at": at.isoformat(timespec="seconds"),
        "document_number": document_number,
        "attachments": [
            {"kind": d.kind, "name": d.title, "size": d.size, "sha256": d.sha256}
            for d in attachments_of(filing)
        ],
    }


def live_digest(filing: Filing) -> str:
    """Hash of what would be sealed now; equal digests mean that nothing was changed."""
    return digest(canonical(kind_of(filing.kind).payload(filing)))


def attachments_of(filing: Filing) -> list[Document]:
    documents = Document.objects.of_subject(filing).filter(kind__startswith="attachment:")
    return list(documents.order_by("kind", "created_at"))


def latest_version(filing: Filing) -> SealedVersion | None:
    """The newest one that its writers did not take back; asked once an instance of the filing."""
    kept = filing.__dict__
    if "_latest_version" not in kept:
        kept["_latest_version"] = filing.versions.standing().order_by("-number").first()
    return kept["_latest_version"]


def forget_latest_version(filing: Filing) -> None:
    """After a version was sealed or taken back."""
    filing.__dict__.pop("_latest_version", None)


def previous_version(sealed: SealedVersion) -> SealedVersion | None:
    if sealed.number == 1:
        return None
    return (
        sealed.filing.versions.standing()
        .filter(number__lt=sealed.number)
        .order_by("-number")
        .first()
    )


def raise_item(
    *, actor: Actor, filing: Filing, sealed: SealedVersion, address: str, clause: str, text: str
) -> ReviewItem:
    """Pins a point to a field or cell. Raises Refused when the review is not going on."""
    with transaction.atomic():
        locked = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
        if locked.state != FilingState.UNDER_REVIEW:
            raise Refused(["確認事項は、審査中の申請にだけ付けられます。"])
        _demand_handling(locked, actor)
        known = cells(sealed.content["sections"])
        if address not in known:
            raise Refused(["その場所は、この版にありません。場所を選び直してください。"])
        last = locked.items.aggregate(last=Max("number"))["last"] or 0
        item = ReviewItem.objects.create(
            filing=locked,
            raised_on=sealed,
            number=last + 1,
            address=address,
            place=known[address].place[:200],
            clause=clause,
            text=text,
            raised_by_id=actor.user_id,
        )
        remember_reviewer(locked, actor)
        record(
            actor,
            "filings.raise_item",
            "確認事項を付ける",
            item,
            case_id=filing.pk,
            article="適正化法6条",
            visibility=Visibility.ORGANISATION,
        )
    return item


def _demand_handling(filing: Filing, actor: Actor) -> None:
    reasons = tuple(against_handling(filing, actor))
    if reasons:
        raise Refused(reasons)


def publish_messages(filing: Filing, *, is_answer: bool, at: datetime) -> None:
    ReviewMessage.objects.filter(
        item__filing=filing, is_answer=is_answer, published_at=None
    ).update(published_at=at)


def withdraw_answers(filing: Filing, *, since: datetime) -> None:
    """Answers that went with a version taken back are drafts again."""
    ReviewMessage.objects.filter(
        item__filing=filing, is_answer=True, published_at__gte=since
    ).update(published_at=None)


def mark(*, actor: Actor, filing: Filing, sealed: SealedVersion, marks: Mapping[str, str]) -> None:
    """A reviewer's verdicts on this version, saved as they are made. No Event: it is a draft."""
    if filing.state != FilingState.UNDER_REVIEW:
        raise Refused(["確認項目は、審査中の申請にだけ付けられます。"])
    _demand_handling(filing, actor)
    with transaction.atomic():
        remember_reviewer(filing, actor)
        for key, verdict in marks.items():
            CheckMark.objects.update_or_create(
                sealed=sealed,
                key=key,
                defaults={"verdict": Verdict(verdict), "marked_by_id": actor.user_id},
            )


def carry_marks(old: SealedVersion, new: SealedVersion) -> None:
    """Sections that did not change need no second look; requirements are judged anew."""
    touched = {c.section for c in changes(old.content["sections"], new.content["sections"])}
    kept = [
        CheckMark(sealed=new, key=m.key, verdict=m.verdict, marked_by_id=m.marked_by_id)
        for m in old.marks.filter(key__startswith="section:")
        if m.key.removeprefix("section:") not in touched
    ]
    CheckMark.objects.bulk_create(kept, ignore_conflicts=True)


def reviewers_of(filing: Filing) -> set[UUID]:
    """Everyone who reviewed any version: took it over, marked, pinned or resolved."""
    return set(filing.reviewers.values_list("user_id", flat=True))


def clock_of(filing: Filing, days: int | None = None) -> Clock | None:
    """The standard processing period (適正化法6条2項), stopped while returned.

    None once it is over, and for a report, on which nobody decides.

    `days` saves the queries where the caller knows the programme's value already.
    """
    if filing.first_submitted_at is None or filing.state in CLOSED:
        return None
    if not kind_of(filing.kind).is_decided:
        return None
    limit = filing.programme.terms().standard_processing_days if days is None else days
    return clock(
        timezone.localdate(filing.first_submitted_at),
        timezone.localdate(),
        limit,
        filing.stopped_days,
        filing.returned_on,
    )


def open_points(filing: Filing) -> int:
    return int(filing.items.filter(state=ItemState.OPEN).count())
