"""What a body was told before it applies: its 内示額, and the wish it talked over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, Subquery, Sum
from django.urls import reverse

from grants.awards.api import Award
from grants.filings.api import Filing
from grants.plans.api import PlanRevision
from grants.programmes.api import Programme, Round

from .comparison import Wish, wishes
from .models import PriorStart, Promise
from .rules import Starts, first_day


def promise_to(filing: Filing) -> Promise | None:
    """The 内示 of the body in the filing's round, whether or not a decision followed; none once ended."""
    found: Promise | None = Promise.objects.of_filing(filing).filter(end_reason="").first()
    return found


def wish_before(filing: Filing) -> Wish | None:
    """Of the 協議, else of the 所要額調査: the ceiling to start with while there is no 内示."""
    found = wishes(filing.programme_id, filing.round_number, [filing.grantee_id])
    return found.get(filing.grantee_id)


def allowance_of_revision(revision: PlanRevision) -> int | None:
    """内示額 in yen for the application that owns this revision; None while there is none."""
    filing = getattr(revision, "filing", None)
    made = promise_to(filing) if filing is not None else None
    return made.amount if made is not None else None


@dataclass(frozen=True, slots=True)
class Told:
    """What a body knows in its round before the decision: its 内示 (yen), and of the year what is
    decided already (column H, yen) with the first day of that."""

    round: Round
    promised: int | None
    promise_url: str
    decided: int
    decided_on: date | None


def told(filing: Filing) -> Told:
    """One query; as `promise_to()` and `already_decided()` answer one by one."""
    awards = (
        Award.objects.in_force()
        .filter(programme=OuterRef("programme"), grantee_id=filing.grantee_id)
        .order_by()
        .values("programme")
    )
    promises = Promise.objects.of_filing(filing).filter(end_reason="")
    round_ = (
        Round.objects.for_body(filing.grantee_id)
        .annotate(
            promise_id=Subquery(promises.values("pk")[:1]),
            promised=Subquery(promises.values("amount")[:1]),
            decided=Subquery(awards.annotate(all=Sum("amount")).values("all")),
            decided_on=Subquery(awards.annotate(day=Min("decision__issued_on")).values("day")),
        )
        .get(programme_id=filing.programme_id, number=filing.round_number)
    )
    round_.programme = filing.programme
    url = reverse("allocations:promise", args=[round_.promise_id]) if round_.promise_id else ""
    return Told(round_, round_.promised, url, round_.decided or 0, round_.decided_on)


def first_eligible_day(
    programme: Programme, grantee_id: Any, known: Told | None = None
) -> date | None:
    """From when this body's spending counts, by the programme's rule; None while it is not known.

    The day of the decision is that of the one which founded the award; later ones do not move it.
    `known` saves the question about it.
    """
    rule = programme.terms().first_eligible_day
    mine = {"programme": programme, "grantee_id": grantee_id}
    decided, promised, noticed = known.decided_on if known else None, None, None
    # A rule asks for no day that it does not look at.
    if rule in ("decision", "prior") and known is None:
        awards = Award.objects.in_force().filter(**mine)
        decided = awards.aggregate(day=Min("decision__issued_on"))["day"]
    if rule == "notice":
        promised = Promise.objects.filter(**mine).aggregate(day=Min("issued_on"))["day"]
    if rule == "prior":
        noticed = PriorStart.objects.filter(**mine).aggregate(day=Min("starts_on"))["day"]
    return first_day(rule, programme.fiscal_year, Starts(decided, promised, noticed))


def first_eligible_days(programme: Programme) -> dict[Any, date | None]:
    """The same for every body with an award of the year, by its id. At most two queries."""
    rule = programme.terms().first_eligible_day
    mine = {"programme": programme}
    founded = Award.objects.in_force().filter(**mine).values("grantee_id")
    decided = dict(
        founded.annotate(day=Min("decision__issued_on")).values_list("grantee_id", "day")
    )
    known: dict[Any, date] = {}
    if rule in ("notice", "prior"):
        asked, day = (Promise, "issued_on") if rule == "notice" else (PriorStart, "starts_on")
        rows = asked.objects.filter(**mine).values("grantee_id").annotate(day=Min(day))
        known = dict(rows.values_list("grantee_id", "day"))
    return {
        body: first_day(rule, programme.fiscal_year, Starts(day, known.get(body), known.get(body)))
        for body, day in decided.items()
    }
