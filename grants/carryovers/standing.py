"""What of an award lies in which year: asked by claims, payments, reports and the office's money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from grants.awards.api import Award
from grants.payments.api import Paying, Payment, net_paid
from portal.core.dates import FiscalYear
from portal.core.money import format_yen

from .models import Carried, YearEnd
from .rules import Portion, closed_reasons, own_part, payable, portions, spread


@dataclass(frozen=True, slots=True)
class Standing:
    """One award: its approved 繰越し in order, the money by year, and what was paid by day (yen)."""

    award: Award
    carried: tuple[Carried, ...]
    parts: tuple[Portion, ...]
    paid: tuple[tuple[date, int], ...]

    @property
    def years(self) -> int:
        """How many fiscal years beyond its own the work may go on."""
        return len(self.carried)

    @property
    def last_day(self) -> date:
        if self.carried:
            return self.carried[-1].last_day
        return FiscalYear(self.award.programme.fiscal_year).end

    @property
    def used(self) -> list[int]:
        return spread(self.parts, self.paid)

    def payable(self, on: date) -> int:
        return payable(self.parts, self.paid, on)

    def closed(self, on: date, left: int) -> int:
        """Of the yen that are `left` below the amount, not payable on this day: another year's, or
        lapsed."""
        if not self.carried:
            return 0 if self.parts[0].is_open(on) else max(0, left)
        return max(0, left - self.payable(on))

    def closed_reasons(self, on: date) -> list[str]:
        return list(closed_reasons(self.parts, self.paid, on))

    def own_part(self, amount: int, on: date) -> int:
        """Of one more payment, the yen out of the money of the award's own year."""
        return own_part(self.parts, self.paid, amount, on) if self.carried else amount


def standings_of(awards: Iterable[Award]) -> dict[UUID, Standing]:
    """Two queries, however many awards; their programmes' terms are read once a year."""
    known = {award.pk: award for award in awards}
    carried = Carried.objects.by_award(known)
    paid: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    rows = Payment.objects.standing().filter(award_id__in=known).order_by("paid_on")
    for pk, day, amount in rows.values_list("award_id", "paid_on", "amount"):
        paid[pk].append((day, int(amount)))
    return {pk: _standing(award, carried.get(pk, []), paid[pk]) for pk, award in known.items()}


def standing_of(award: Award) -> Standing:
    return standings_of([award])[award.pk]


def _standing(award: Award, carried: list[Carried], paid: list[tuple[date, int]]) -> Standing:
    parts = portions(
        int(award.amount),
        [int(one.state_amount) for one in carried],
        award.programme.fiscal_year,
        award.programme.terms().payment_day,
    )
    return Standing(award, tuple(carried), parts, tuple(paid))


def state_open(award: Award) -> tuple[int, int]:
    """Of the money of the year that ends, in yen: how much it was, and what the body received of it.

    After a 繰越し it is what was carried into that year: what of an earlier one was not paid is over.
    """
    standing = standing_of(award)
    if not standing.carried:
        return int(award.amount), net_paid(award)
    return standing.parts[-1].amount, standing.used[-1]


def years_of(awards: Iterable[UUID]) -> Mapping[UUID, int]:
    """By award, how many years its work was carried on; absent where it was not. One query."""
    return {pk: len(found) for pk, found in Carried.objects.by_award(awards).items()}


def years_carried(award: Award) -> int:
    return years_of([award.pk]).get(award.pk, 0)


def year_ends_of(awards: Iterable[UUID]) -> Mapping[UUID, int]:
    """By award, how many years that ended were reported on (14条後段). One query."""
    filed = YearEnd.objects.filter(
        award_id__in=list(awards), filing__first_submitted_at__isnull=False
    )
    return dict(filed.order_by().values_list("award_id").annotate(Count("pk")))


def last_day_of_work(award: Award) -> date | None:
    """Nothing where the work ends with its own year."""
    last = Carried.objects.standing().filter(award=award).order_by("-step").first()
    return None if last is None else last.last_day


def within_the_year(paying: Paying) -> Iterator[str]:
    """財政法42条, 予決令4条: money is paid in the year whose it is, until that year's last day."""
    standing, on = standing_of(paying.award), paying.paid_on
    if standing.closed(on, paying.amount) and not any(part.is_open(on) for part in standing.parts):
        yield from standing.closed_reasons(on)
        yield "支払日を確かめてください。期限までに支払ったときは、その日を支払日にします。"
        return
    may = standing.payable(on)
    if not standing.carried:
        return
    if paying.amount > may:
        yield (
            f"この交付決定には繰越しがあります。この支払日に支払えるのは、{format_yen(may)}までです。"
            "繰り越した額は、翌年度の4月1日から支払えます。"
        )


def closed_on(award: Award, day: date) -> Iterator[str]:
    """What of an award's money is not payable on a day, and why."""
    yield from standing_of(award).closed_reasons(day)


def carried_of(programme_id: UUID) -> tuple[int, int]:
    """Of a year's awards, in yen: what of the state's budget went on, and what was paid of that.
    Three queries."""
    rows = Carried.objects.standing().filter(award__programme_id=programme_id)
    awards = Award.objects.filter(pk__in=rows.values("award_id")).select_related("programme")
    found = standings_of(awards).values()
    out = sum(int(one.carried[0].state_amount) for one in found)
    return out, sum(sum(one.used[1:]) for one in found)


@dataclass(frozen=True, slots=True)
class YearMoney:
    """What went out of one fiscal year's budget into the next, and what came in, in yen."""

    out: int = 0
    brought: int = 0
    brought_paid: int = 0
    brought_on: int = 0

    @property
    def brought_left(self) -> int:
        return self.brought - self.brought_paid - self.brought_on


def year_money(fiscal_year: int) -> YearMoney:
    """Of all awards. Four queries at most."""
    rows = list(Carried.objects.standing().filter(from_year__in=(fiscal_year - 1, fiscal_year)))
    out = sum(
        int(one.state_amount) for one in rows if one.from_year == fiscal_year and one.step == 1
    )
    came = {one.award_id for one in rows if one.from_year == fiscal_year - 1}
    if not came:
        return YearMoney(out=out)
    awards = Award.objects.filter(pk__in=came).select_related("programme")
    brought = paid = on = 0
    for standing in standings_of(awards).values():
        n = fiscal_year - standing.award.programme.fiscal_year
        brought += int(standing.carried[n - 1].state_amount)
        paid += standing.used[n]
        on += int(standing.carried[n].state_amount) if len(standing.carried) > n else 0
    return YearMoney(out, brought, paid, on)
