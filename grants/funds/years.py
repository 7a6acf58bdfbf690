"""Which year a page is about: the one asked for, or the one whose payments are due next."""

from __future__ import annotations

from datetime import date

from grants.awards.api import Award
from grants.programmes.api import Programme, named_year


def years_with_awards() -> list[Programme]:
    """Newest first."""
    awards = Award.objects.exclude(state="withdrawn")
    return list(Programme.objects.filter(awards__in=awards).distinct().order_by("-fiscal_year"))


def payment_day(programme: Programme, carried: int = 0) -> date:
    """国の歳出の支払期限 of the year (予決令4条), or of the one into which its money was `carried`."""
    return date(programme.fiscal_year + 1 + carried, *programme.terms().payment_day)


def chosen_year(years: list[Programme], asked: str, today: date) -> Programme | None:
    coming = [one for one in reversed(years) if payment_day(one) >= today]
    return named_year(years, asked) or next(iter(coming), years[0] if years else None)
