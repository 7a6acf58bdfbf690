"""A slot for the last day of the work, which a higher package may put into a later year (繰越)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from portal.core.dates import FiscalYear

from .models import Award

_find: list[Callable[[Award], date | None]] = []


def register_last_day(find: Callable[[Award], date | None]) -> None:
    """`find` gives the day that an approval put in the place of the year's last, or nothing."""
    if find not in _find:
        _find.append(find)


def last_day_of(award: Award) -> date:
    """Of the work under the award: 31 March of its year, unless it was carried on."""
    found = [day for find in _find if (day := find(award)) is not None]
    return max(found, default=FiscalYear(award.programme.fiscal_year).end)
