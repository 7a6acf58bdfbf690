from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from grants.filings.api import Filing, remember_reviewer
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday

Data = Mapping[str, Any]


def accept(filing: Filing, actor: Actor, data: Data) -> None:
    filing.reviewer_id = actor.user_id
    remember_reviewer(filing, actor)


def send_back(filing: Filing, actor: Actor, data: Data) -> None:
    """With one sentence, and the programme's days to answer in."""
    today = timezone.localdate()
    filing.was_returned, filing.returned_on = True, today
    filing.answer_due = today + timedelta(days=filing.programme.terms().answer_days)
    remember_reviewer(filing, actor)
    data["_said"]["理由"] = data["reason"]
    data["_said"]["回答の期限"] = day_with_weekday(filing.answer_due)
