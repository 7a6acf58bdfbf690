"""What a transition of a finding does to it and to its papers, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.documents.api import Document

from .counting import decrease_of
from .models import Finding

Data = Mapping[str, Any]
EVIDENCE = "finding:evidence"
CORRECTION = "finding:correction"


def issue(finding: Finding, actor: Actor, data: Data) -> None:
    """From now on it is the body's to read, with its evidence."""
    finding.issued_on = timezone.localdate()
    finding.comment_due_on = data["comment_due_on"]
    finding.decrease = decrease_of(finding.visit.award, finding.amount)
    for paper in Document.objects.of_subject(finding).filter(kind=EVIDENCE):
        paper.readers.add(finding.grantee)
    data["_said"]["適合しない規定"] = finding.citation
    if finding.amount is not None:
        data["_said"]["金額"] = format_yen(finding.amount)
    data["_said"]["意見の期限"] = day_with_weekday(data["comment_due_on"])


def comment(finding: Finding, actor: Actor, data: Data) -> None:
    finding.comment = data["comment"]
    finding.commented_by_name = actor.name


def uphold(finding: Finding, actor: Actor, data: Data) -> None:
    finding.ruling = data["reason"]
    finding.due_on = data["due_on"]
    data["_said"]["理由"] = data["reason"]
    data["_said"]["是正の期限"] = day_with_weekday(data["due_on"])


def drop(finding: Finding, actor: Actor, data: Data) -> None:
    finding.ruling = data["reason"]
    data["_said"]["理由"] = data["reason"]


def correct(finding: Finding, actor: Actor, data: Data) -> None:
    """What was attached meanwhile is the office's to read from now on."""
    finding.corrected_at = timezone.now()
    filed = Document.objects.of_subject(finding).filter(kind=CORRECTION)
    filed.update(is_filed=True)
    data["_said"]["添付"] = f"{filed.count()}件"


def ask_again(finding: Finding, actor: Actor, data: Data) -> None:
    finding.again_reason = data["reason"]
    finding.due_on = data["due_on"]
    data["_said"]["理由"] = data["reason"]
    data["_said"]["是正の期限"] = day_with_weekday(data["due_on"])


def close(finding: Finding, actor: Actor, data: Data) -> None:
    finding.check_note = data["note"]
    data["_said"]["確認したこと"] = data["note"]
