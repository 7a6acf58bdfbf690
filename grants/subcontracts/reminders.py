"""A check of a body in a chain is announced before it lapses, as that of a contractor is (要領2(2))."""

from __future__ import annotations

from grants.contractors.api import Contractor, remind_of_checks

from .models import Subcontract


def remind_of_subcontractors() -> int:
    busy = Subcontract.objects.in_force().order_by().values("contractor_id")
    return remind_of_checks(Contractor.objects.filter(pk__in=busy))
