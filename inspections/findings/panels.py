"""What findings put on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspections.visits.api import INSPECTORS, ISSUERS
from portal.access.api import PREFECTURE
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Finding


def unsettled(actor: Actor) -> Mapping[str, Any] | None:
    """Not closed yet, the soonest due first; what is overdue is marked for both sides."""
    found = Finding.objects.for_user(actor).unsettled().for_lists().settled_last()
    findings = list(found[:10])
    return {"findings": findings} if findings else None


PANELS = (
    Panel(
        "findings_unsettled",
        PREFECTURE | INSPECTORS | ISSUERS,
        "home/panels/findings_unsettled.html",
        unsettled,
        "main",
        7,
    ),
)
