from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.filings.api import Filing, latest_version
from grants.income.api import confirm_figures
from portal.core.actor import Actor
from portal.core.money import format_yen

Data = Mapping[str, Any]


def confirm(filing: Filing, actor: Actor, data: Data) -> None:
    """The figures of the sealed report are in from now on; what it adds above zero becomes a claim."""
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was submitted
    change = confirm_figures(filing, sealed.content)
    data["_said"]["納付額"] = format_yen(change) if change else "納付を要しない"
