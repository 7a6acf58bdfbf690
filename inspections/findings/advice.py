"""Which faults a plan can avoid, by the section in which they would be made."""

from __future__ import annotations

from django.db.models import Count

from grants.plans.api import FrequentFault

from .models import Finding
from .taxonomy import FAULTS

_BY_SECTION = {
    "basics": ("started_before_decision", "ineligible_year"),
    "vision": ("result_overstated", "no_effect"),
    "platform": ("ineligible_cost", "miscalculated", "no_acceptance_record"),
    "activity": (
        "ineligible_cost",
        "other_purpose",
        "miscalculated",
        "granted_twice",
        "wrong_apportionment",
        "no_competition",
        "negotiated_without_reason",
    ),
    "incomes": ("income_not_deducted", "tax_credit_not_returned"),
}
_SHOWN = 3


def frequent_faults(section: str) -> list[FrequentFault]:
    """The most frequent of those ruled to be so, over all bodies and years. One query."""
    found = (
        Finding.objects.ruled()
        .filter(code__in=_BY_SECTION.get(section, ()))
        .order_by()
        .values_list("code")
        .annotate(count=Count("pk"), bodies=Count("visit__award__grantee", distinct=True))
        .order_by("-count", "code")[:_SHOWN]
    )
    return [FrequentFault(FAULTS[code].label, count, bodies) for code, count, bodies in found]
