"""Entering a request, choosing what it covers, ruling on words. The decision is a transition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from grants.awards.api import Award
from portal.accounts.api import User
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, Limits, attach

from .files import attached_to
from .masking import choices_of
from .models import DisclosureRequest, FileRuling, Pick, Word
from .rules import decision_due, file_reasons, folded
from .states import FileOutcome, RequestState

ARTICLE = "情報公開法5条、6条"
MASKED = "disclosure:masked"
_MEGABYTE = 1024 * 1024


def enter_request(
    *, actor: Actor, award: Award, requester: str, asked_for: str, received_on: date
) -> DisclosureRequest:
    """The period runs from the day on which it was received (10条1項)."""
    due = decision_due(received_on, award.programme.terms().disclosure_days)
    with transaction.atomic():
        made = DisclosureRequest.objects.create(
            award=award,
            requester=requester,
            asked_for=asked_for,
            received_on=received_on,
            due_on=due.day,
        )
        said = {"受けた日": day_with_weekday(received_on), "期限": day_with_weekday(due.day)}
        _record(
            actor, "disclosures.enter", "開示請求を登録する", made, said, "情報公開法4条、10条1項"
        )
    return made


def pick_sections(
    *, actor: Actor, request: DisclosureRequest, seen_version: int, chosen: Iterable[str]
) -> None:
    """Raises Refused for what is not of the case, Stale when somebody was first."""
    with transaction.atomic():
        locked = _locked(request, seen_version)
        known = {code for _, codes in choices_of(locked.award) for code, _ in codes}
        wanted = list(chosen)
        if not set(wanted) <= known:
            raise Refused(["この案件の文書から選んでください。"])
        locked.picks.all().delete()
        pairs = [code.partition("/") for code in wanted]
        Pick.objects.bulk_create(
            Pick(request=locked, sealed_id=sealed, section=section) for sealed, _, section in pairs
        )
        _record(actor, "disclosures.pick", "開示の対象を選ぶ", locked, {"部分": f"{len(wanted)}件"})


def rule_on_words(
    *,
    actor: Actor,
    request: DisclosureRequest,
    seen_version: int,
    rulings: Iterable[Mapping[str, Any]],
) -> None:
    """Each ruling has text, ground (empty: shown) and note; a later one of the same word holds.

    The words themselves stand in no event: what is hidden is not told elsewhere.
    """
    with transaction.atomic():
        locked = _locked(request, seen_version)
        given = list(rulings)
        for one in given:
            Word.objects.update_or_create(
                request=locked,
                key=folded(one["text"])[:200],
                defaults={
                    "text": one["text"],
                    "ground": one["ground"],
                    "note": one["note"],
                    "decided_by_name": actor.name,
                },
            )
        hidden = sum(bool(one["ground"]) for one in given)
        said = {"隠す": f"{hidden}件", "開示する": f"{len(given) - hidden}件"}
        _record(actor, "disclosures.mask", "隠す語句を決める", locked, said)


def rule_on_file(
    *,
    actor: Actor,
    request: DisclosureRequest,
    document: Document,
    seen_version: int,
    outcome: str,
    ground: str = "",
    note: str = "",
    masked: UploadedFile | None = None,
) -> FileRuling:
    """A later ruling on the same file holds. A masked copy is kept beside the file, each by its hash.

    Raises Refused with every reason, Stale when somebody was first, ValidationError for a copy that
    cannot be taken.
    """
    with transaction.atomic():
        locked = _locked(request, seen_version)
        if not attached_to(locked.award).filter(pk=document.pk).exists():
            raise Refused(["この案件のファイルから選んでください。"])
        before = FileRuling.objects.filter(request=locked, document=document).first()
        copy = _masked(actor, locked, masked) if masked is not None else None
        kept = copy or (before.masked if before is not None else None)
        reasons = list(
            file_reasons(
                outcome,
                ground=ground,
                masked=kept.sha256 if kept is not None else "",
                original=document.sha256,
            )
        )
        if reasons:
            raise Refused(reasons)
        made, _ = FileRuling.objects.update_or_create(
            request=locked,
            document=document,
            defaults={
                "outcome": outcome,
                "ground": ground if outcome in FileOutcome.hiding() else "",
                "note": note,
                "masked": kept if outcome == FileOutcome.PART else None,
                "decided_by_name": actor.name,
            },
        )
        said = {"扱い": made.get_outcome_display(), "ファイルの識別値": document.sha256}
        if made.masked is not None:
            said["覆った写しの識別値"] = made.masked.sha256
        _record(actor, "disclosures.rule_file", "ファイルの扱いを決める", locked, said)
    return made


def _masked(actor: Actor, request: DisclosureRequest, upload: UploadedFile) -> Document:
    terms = request.award.programme.terms()
    return attach(
        actor=actor,
        upload=upload,
        kind=MASKED,
        subject=request,
        limits=Limits(
            file_bytes=terms.file_limit_mb * _MEGABYTE,
            total_bytes=terms.filing_limit_mb * _MEGABYTE,
        ),
        case_id=request.pk,
    )


def _locked(request: DisclosureRequest, seen_version: int) -> DisclosureRequest:
    rows = DisclosureRequest.objects.select_for_update(of=("self",)).for_lists()
    locked: DisclosureRequest = rows.get(pk=request.pk)
    if locked.state != RequestState.PREPARING:
        raise Refused(["いまの状態では変えられません。"])
    if locked.version != seen_version:
        raise Stale(seen_version, locked.version)
    locked.version += 1
    locked.save(update_fields=["version"])
    return locked


def _record(
    actor: Actor,
    verb: str,
    label: str,
    request: DisclosureRequest,
    said: Mapping[str, str],
    article: str = ARTICLE,
) -> None:
    request.editors.add(*User.objects.filter(pk=actor.user_id))
    record(
        actor,
        verb,
        label,
        request,
        article=article,
        case_id=request.pk,
        data={"said": dict(said)},
        visibility=Visibility.ORGANISATION,
    )
