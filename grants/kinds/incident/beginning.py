"""A 事故・遅延報告 begun from what a contractor told the prefecture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.changes.api import Incident, IncidentKind, start_statement
from grants.contractors.api import ContractPaper, PaperKind, Place, Section
from grants.filings.api import Filing
from portal.access.api import PREFECTURE, decide
from portal.core.actor import Actor
from portal.core.dates import screen_date
from portal.core.problems import Refused


def begin_from_paper(*, actor: Actor, paper: ContractPaper) -> Filing:
    """Goes on with the report that was begun from it. Raises Refused while another is being written,
    and as every start of a statement does."""
    told = Incident.objects.filter(origin=paper).exclude(filing__state="withdrawn")
    known = told.select_related("filing").first()
    if known is not None:
        return known.filing
    filing = start_statement(
        actor=actor,
        award=paper.contract.award,
        model=Incident,
        label="事故・遅延",
        values=told_by(paper),
    )
    if filing.incident.origin_id != paper.pk:
        raise Refused(
            ["書きかけの事故・遅延報告があります。それを提出するか取り下げてから、始めてください。"]
        )
    return filing


def told_by(paper: ContractPaper) -> dict[str, Any]:
    """The fields that correspond. 進捗 and the days to come are the prefecture's own to say."""
    content = paper.content
    cause = (
        f"{content['incident_kind']}（{content['place']}、影響を受けた人数{content['people']}人）"
    )
    measures = [content["measures"], content["prevention"]]
    return {
        "what": IncidentKind.ACCIDENT,
        "happened_on": date.fromisoformat(content["happened_on"]),
        "cause": f"{cause}\n{content['course']}",
        "measures": "\n".join(text for text in measures if text),
        "origin": paper,
    }


def named(paper: ContractPaper) -> str:
    """How the report says where it comes from."""
    content = paper.content
    made_on = date.fromisoformat(content["made_on"])
    return f"{paper}　{content['contractor']}　{screen_date(made_on)}"


def _of_paper(paper: ContractPaper, actor: Actor) -> Mapping[str, Any] | None:
    """Of the contractor's 事故報告書 alone, for the prefecture."""
    if paper.kind != PaperKind.INCIDENT or actor.role not in PREFECTURE:
        return None
    award = paper.contract.award
    begun = Incident.objects.for_user(actor).filter(origin=paper).select_related("filing")
    found = list(begun.order_by("filing__created_at"))
    return {
        "paper": paper,
        "begun": found,
        "may_start": bool(decide(actor, "incident.start", award))
        and not any(one.state != "withdrawn" for one in found),
    }


OF_PAPER = Section(Place.PAPER, "statements/from_paper.html", _of_paper)
