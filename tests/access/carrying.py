"""Samples of 繰越し: one as it is written, one approved, and the report of a year that ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from grants.awards.api import Award
from grants.carryovers.api import Carried, Carryover, YearEnd
from grants.filings.api import Filing
from portal.core.dates import FiscalYear

if TYPE_CHECKING:
    from tests.access.everyone import Everyone


def carried_samples(everyone: Everyone, award: Award) -> dict[type[models.Model], Any]:
    """Of one yen of the body's own, with the award's own decision in the place of its act."""
    filing = Filing.objects.create(
        kind="carryover", programme_id=award.programme_id, grantee_id=award.grantee_id
    )
    year = FiscalYear(award.programme.fiscal_year)
    Carryover.objects.create(filing=filing, award=award, step=2, from_year=year.following)
    carried = Carried.objects.create(
        award=award,
        decision=award.decision,
        step=1,
        kind="granted",
        from_year=year,
        national=0,
        own=1,
        state_amount=0,
        last_day=year.following.end,
    )
    ended = Filing.objects.create(
        kind="yearend", programme_id=award.programme_id, grantee_id=award.grantee_id
    )
    YearEnd.objects.create(filing=ended, award=award, fiscal_year=award.programme.fiscal_year)
    return {Carryover: filing.pk, Carried: carried.pk, YearEnd: ended.pk}
