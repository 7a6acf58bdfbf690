"""Starting an application, and papers that await the council."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from grants.awards.api import Award
from grants.changes.api import moved_by_line, standing_of
from grants.filings.api import Filing
from grants.plans.api import LatePaper, PlanRevision, create_plan
from grants.programmes.api import Programme
from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Document, attach

from .attachments import late_papers, limits_for


def start_application(
    *,
    actor: Actor,
    programme: Programme,
    copy_from: PlanRevision | None = None,
    round_number: int = 1,
) -> Filing:
    """One application a round and body; a second click finds the first.

    In a later round the plan in force is what it starts with, with its 流用. Raises Refused for a body that is not
    eligible in that year (要領2(1)), and while an earlier application is still on its way.
    """
    grantee = Organisation.objects.select_related("prefecture").get(pk=actor.organisation_id)
    terms = programme.terms()
    if grantee.kind not in terms.eligible_bodies:
        raise Refused(
            [f"{grantee.name}は、{terms.year_label}の実施主体に当たりません（要領2(1)）。"]
        )
    existing = _standing(programme, grantee, round_number)
    if existing is not None:
        return existing
    reasons = list(start_reasons(programme, grantee, round_number))
    if reasons:
        raise Refused(reasons)
    moved: Mapping[UUID, int] = {}
    award = _award_of(programme, grantee) if round_number > 1 else None
    if award is not None:
        copy_from, moved = award.revision, moved_by_line(standing_of(award).moves)
    try:
        with transaction.atomic():
            revision = create_plan(
                actor=actor,
                programme=programme,
                grantee=grantee,
                copy_from=copy_from,
                moved=moved,
            )
            filing = Filing.objects.create(
                kind="application",
                programme=programme,
                grantee=grantee,
                revision=revision,
                round_number=round_number,
            )
            record(
                actor,
                "filings.application.start",
                "申請の作成を始める",
                filing,
                case_id=filing.case_id,
                visibility=Visibility.ORGANISATION,
            )
    except IntegrityError:
        found = _standing(programme, grantee, round_number)
        if found is None:
            raise
        return found
    return filing


def start_reasons(programme: Programme, grantee: Organisation, round_number: int) -> Iterator[str]:
    """Column H takes decided amounts alone: what is on its way is decided or withdrawn first."""
    if not programme.rounds.filter(number=round_number).exists():
        yield "その募集の回は、開かれていません。"
    on_its_way = (
        Filing.objects.of_kind("application", "change")
        .filter(programme=programme, grantee=grantee)
        .exclude(kind="application", round_number=round_number)
        .exclude(state__in=("decided", "declined", "withdrawn"))
    )
    ended = Award.objects.in_force().filter(
        programme=programme, grantee=grantee, discontinued_on__isnull=False
    )
    if ended.exists():
        yield "事業の廃止が承認されているため、追加の申請はできません。実績報告に進んでください。"
    if on_its_way.exists():
        yield (
            "ほかの回の申請か、変更の申請が、まだ決定していません。"
            "決定か取下げの後に、この回の申請を作ってください。"
        )


def _award_of(programme: Programme, grantee: Organisation) -> Award | None:
    found: Award | None = (
        Award.objects.in_force().filter(programme=programme, grantee=grantee).first()
    )
    return found


def _standing(programme: Programme, grantee: Organisation, round_number: int) -> Filing | None:
    return (
        Filing.objects.filter(
            kind="application",
            programme=programme,
            grantee=grantee,
            round_number=round_number,
        )
        .exclude(state__in=("declined", "withdrawn"))
        .first()
    )


def mark_late(*, actor: Actor, filing: Filing, key: str, due_on: date) -> None:
    """The paper awaits the council (施行令3条2項). No Event: the filing is a draft."""
    with transaction.atomic():
        revision = _open_revision(filing)
        LatePaper.objects.update_or_create(revision=revision, key=key, defaults={"due_on": due_on})


def unmark_late(*, actor: Actor, filing: Filing, key: str) -> None:
    with transaction.atomic():
        LatePaper.objects.filter(revision=_open_revision(filing), key=key).delete()


def _open_revision(filing: Filing) -> PlanRevision:
    if filing.revision_id is None:
        raise Refused(["この届出に、議決後に提出する資料はありません。"])
    revision: PlanRevision = PlanRevision.objects.select_for_update(of=("self",)).get(
        pk=filing.revision_id
    )
    if not revision.is_open:
        raise Refused(["この計画は、決裁か審査の途中のため変更できません。"])
    return revision


def hand_in_later(*, actor: Actor, filing: Filing, key: str, upload: UploadedFile) -> Document:
    """A paper that awaited the council, after filing and without a return (施行令3条2項).

    Raises Refused for a paper that was not marked so, ValidationError for a file that is refused.
    """
    if key not in late_papers([filing]).get(filing.pk, {}):
        raise Refused(["この資料は、議決後に提出する資料ではありません。"])
    with transaction.atomic():
        document = attach(
            actor=actor,
            upload=upload,
            kind=f"attachment:{key}",
            subject=filing,
            limits=limits_for(filing),
            case_id=filing.case_id,
        )
        Document.objects.filter(pk=document.pk).update(is_filed=True)
        record(
            actor,
            "filings.application.hand_in_late",
            "議決後の資料を提出する",
            filing,
            article="適正化法施行令3条2項",
            case_id=filing.case_id,
            data={"said": {"資料": document.title, "識別値": document.sha256[:12]}},
        )
    return document
