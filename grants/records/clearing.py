"""What looks like a person and is none, kept for the contractor so that it is asked about once."""

from __future__ import annotations

from collections.abc import Iterable

from portal.core.actor import Actor

from .models import ClearedText, PeriodReport


def remember_cleared(actor: Actor, report: PeriodReport, texts: Iterable[str], reason: str) -> None:
    """Inside the transaction that keeps the records; the Event of that act tells of it."""
    for text in dict.fromkeys(texts):
        ClearedText.objects.update_or_create(
            contractor_id=report.contract.contractor_id,
            text=text,
            defaults={"reason": reason, "cleared_by_id": actor.user_id},
        )
