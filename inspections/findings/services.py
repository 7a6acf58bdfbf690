"""Writing a finding, and writing its correction before it is reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from inspections.visits.api import Visit, of_team
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, Limits, attach

from .counting import decrease_of
from .effects import CORRECTION, EVIDENCE
from .models import Finding
from .policy import WRITABLE
from .rules import citation_reasons
from .states import FindingState

ARTICLE = "要領5(2)"
_OWN = ("code", "title", "text", "amount", "severity", "clause_number", "article")
_CORRECTION = ("plan", "owner", "correction")


def write_finding(
    *, actor: Actor, visit: Visit, values: Mapping[str, Any], upload: UploadedFile | None = None
) -> Finding:
    """A draft, which the office alone sees.

    Raises Refused for a stranger to the team, a visit that is not held, or a finding that cites
    nothing; ValidationError for a file that cannot be taken.
    """
    with transaction.atomic():
        locked = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
        reasons = [*of_team(locked, actor), *_against(values)]
        if locked.state not in WRITABLE:
            reasons.append("検査を行った後、終結するまでの検査だけに書けます。")
        if reasons:
            raise Refused(reasons)
        finding = Finding.objects.create(
            visit=locked,
            number=Finding.objects.filter(visit=locked).next_number(),
            written_by_id=actor.user_id,
            decrease=decrease_of(locked.award, values["amount"]),
            **{name: values[name] for name in _OWN},
        )
        _attach(actor, finding, upload)
        _record(actor, "findings.write", "指摘を書く", finding)
    return finding


def edit_finding(
    *,
    actor: Actor,
    finding: Finding,
    seen_version: int,
    values: Mapping[str, Any],
    upload: UploadedFile | None = None,
) -> None:
    """Raises Stale when somebody saved first, Refused once it was issued."""
    with transaction.atomic():
        locked = _locked(finding, FindingState.DRAFTED, seen_version)
        reasons = [*of_team(locked.visit, actor), *_against(values)]
        if reasons:
            raise Refused(reasons)
        locked.decrease = decrease_of(locked.visit.award, values["amount"])
        _keep(locked, values, _OWN)
        _attach(actor, locked, upload)
        _record(actor, "findings.edit", "作成中の指摘を直す", locked)


def save_correction(
    *,
    actor: Actor,
    finding: Finding,
    seen_version: int,
    values: Mapping[str, Any],
    upload: UploadedFile | None = None,
) -> None:
    """What the body has written so far; the office does not see it before it is reported.

    Raises Stale when somebody saved first, Refused once it was reported, and ValidationError for a
    file that cannot be taken.
    """
    with transaction.atomic():
        locked = _locked(finding, FindingState.UPHELD, seen_version)
        _keep(locked, values, _CORRECTION)
        if upload is not None:
            attach(
                actor=actor,
                upload=upload,
                kind=CORRECTION,
                subject=locked,
                limits=Limits(),
                case_id=locked.pk,
            )
        _record(actor, "findings.correction", "是正の計画と報告を書く", locked)


def _against(values: Mapping[str, Any]) -> list[str]:
    return list(citation_reasons(values["clause_number"], values["article"]))


def _locked(finding: Finding, state: str, seen_version: int) -> Finding:
    locked: Finding = Finding.objects.select_for_update(of=("self",)).for_lists().get(pk=finding.pk)
    if locked.state != state:
        raise Refused(["いまの状態では変えられません。"])
    if locked.version != seen_version:
        raise Stale(seen_version, locked.version)
    return locked


def _keep(finding: Finding, values: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        setattr(finding, name, values[name])
    finding.version += 1
    finding.save()


def _attach(actor: Actor, finding: Finding, upload: UploadedFile | None) -> None:
    if upload is None:
        return
    paper = attach(
        actor=actor,
        upload=upload,
        kind=EVIDENCE,
        subject=finding,
        limits=Limits(),
        case_id=finding.pk,
        keeps_origin=False,
    )
    Document.objects.filter(pk=paper.pk).update(is_filed=True)


def _record(actor: Actor, verb: str, label: str, finding: Finding) -> None:
    record(actor, verb, label, finding, article=ARTICLE, visibility=Visibility.ORGANISATION)
