"""What a transition of a visit does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import take_number
from grants.filings.api import canonical, digest
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.documents.api import Document, request_document

from .models import Paper, Visit
from .states import PaperKind

Data = Mapping[str, Any]
RECORD_FILE = "visit:record"


def notify(visit: Visit, actor: Actor, data: Data) -> None:
    content = {
        "planned_on": visit.planned_on.isoformat(),
        "team": [str(one) for one in visit.team.select_related("user")],
    }
    _send(visit, actor, data, PaperKind.NOTICE, content)
    data["_said"]["検査の予定日"] = day_with_weekday(visit.planned_on)


def hold(visit: Visit, actor: Actor, data: Data) -> None:
    assert visit.held_on is not None  # the guard asked for it
    data["_said"]["検査日"] = day_with_weekday(visit.held_on)
    data["_said"]["調べたもの"] = f"{visit.items.count()}件"


def report(visit: Visit, actor: Actor, data: Data) -> None:
    """With the result notice the record and its files are the body's to read."""
    assert visit.held_on is not None  # a check constraint
    content = {
        "held_on": visit.held_on.isoformat(),
        "debriefed_on": visit.debriefed_on.isoformat() if visit.debriefed_on else "",
        "summary": visit.summary,
        "examined": [
            {"what": str(item), "amount": item.amount, "result": item.get_result_display()}
            for item in visit.items.all()
        ],
    }
    _send(visit, actor, data, PaperKind.RESULT, content)
    _open_files(visit)


def enter(visit: Visit, actor: Actor, data: Data) -> None:
    """No notice of the portal's own: the authority has told the body itself."""
    assert visit.held_on is not None  # entered with its day
    _open_files(visit)
    data["_said"]["検査した機関"] = visit.get_authority_display()
    data["_said"]["検査日"] = day_with_weekday(visit.held_on)


def _open_files(visit: Visit) -> None:
    for paper in Document.objects.of_subject(visit).filter(kind=RECORD_FILE):
        paper.readers.add(visit.grantee)


def _send(
    visit: Visit, actor: Actor, data: Data, kind: PaperKind, content: Mapping[str, Any]
) -> None:
    office = Organisation.objects.get(pk=actor.organisation_id)
    issued_on = data["issued_on"]
    number = take_number(office, data["document_number"], issued_on, f"{kind}:{visit.pk.hex}"[:40])
    text = canonical(
        {**_common(visit), **content, "document_number": number, "issued_on": issued_on.isoformat()}
    )
    paper = Paper.objects.create(
        visit=visit,
        kind=kind,
        document_number=number,
        issued_on=issued_on,
        payload=text,
        sha256=digest(text),
    )
    request_document(
        kind=f"visit_{kind}",
        title=f"{kind.label}（{number}）",
        subject=paper,
        payload_hash=paper.sha256,
        issuer=office,
        readers=[visit.grantee, office],
        case_id=visit.pk,
        is_filed=True,
    )
    data["_said"]["文書番号"] = number


def _common(visit: Visit) -> dict[str, Any]:
    terms = visit.award.programme.terms()
    return {
        "form": "visit/1",
        "terms": {
            "year_label": terms.year_label,
            "official_name": terms.official_name,
            "project_name": terms.project_name,
            "guideline_title": terms.guideline_title,
        },
        "grantee": visit.grantee.name,
        "kind": visit.get_kind_display(),
        "place": visit.place,
        "scope": visit.scope,
        "contract": visit.contract.title if visit.contract else "",
        "grounds": [[one.who, one.basis] for one in visit.grounds],
    }
