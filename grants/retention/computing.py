"""The facts of cases, for many at once: a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award
from grants.claims.api import Claim
from grants.income.api import duties as years_of_income
from grants.input_tax.api import duties
from grants.objections.api import Objection
from grants.programmes.api import terms_by_year
from grants.properties.api import Asset
from grants.refunds.api import OrderState, RefundOrder
from grants.settlements.api import PerformanceReport
from portal.audit.api import Event
from portal.core.actor import system

from .models import Disposal
from .rules import Facts, Kept, kept
from .slots import open_above
from .states import Measure

# The acts after which nothing is left to do on a case; each may come again after another.
_ENDS = (
    "settlements.settlement.close",
    "revocations.revocation.close",
    "filings.application.withdraw_award",
)


def kept_of(awards: Sequence[Award]) -> dict[UUID, Kept]:
    """By award; each with its programme and decision joined."""
    facts = facts_of(awards)
    terms = terms_by_year({one.programme_id for one in awards}, timezone.localdate())
    return {
        award.pk: kept(
            facts[award.pk],
            years=terms[award.programme_id].retention_years,
            office_years=terms[award.programme_id].office_retention_years,
        )
        for award in awards
    }


def facts_of(awards: Sequence[Award]) -> dict[UUID, Facts]:
    ids = [award.pk for award in awards]
    completed = dict(
        PerformanceReport.objects.filter(award_id__in=ids).values_list("award_id", "completed_on")
    )
    closed = _closed([award.case_id for award in awards])
    open_procedures = _open(awards)
    extended, restricted = _extended(ids), _restricted(ids)
    reported_until, untold = _of_income(ids)
    return {
        award.pk: Facts(
            fiscal_year=award.programme.fiscal_year,
            completed_on=award.discontinued_on or completed.get(award.pk),
            closed_on=closed.get(award.case_id),
            open_procedures=(*open_procedures[award.pk], *untold.get(award.pk, ())),
            restrictions=(
                *restricted[award.pk],
                *([reported_until[award.pk]] if award.pk in reported_until else ()),
            ),
            extended_until=extended.get(award.pk),
        )
        for award in awards
    }


def _closed(cases: list[UUID]) -> dict[UUID, date]:
    events = Event.objects.filter(case_id__in=cases, verb__in=_ENDS).order_by("seq")
    return {case: timezone.localdate(at) for case, at in events.values_list("case_id", "at")}


def _extended(ids: list[UUID]) -> dict[UUID, date]:
    found = Disposal.objects.extensions().filter(award_id__in=ids, measure=Measure.EXTEND)
    return dict(found.order_by("extend_until").values_list("award_id", "extend_until"))


def _restricted(ids: list[UUID]) -> dict[UUID, list[tuple[str, date]]]:
    """Of each award, the property in hand whose 処分制限期間 lasts longest (適正化法22条)."""
    last: dict[UUID, tuple[str, date]] = {}
    for asset in Asset.objects.held().filter(award_id__in=ids).order_by("number"):
        ends_on = asset.restricted.ends_on
        if asset.award_id not in last or ends_on > last[asset.award_id][1]:
            last[asset.award_id] = (f"「{asset.name}」の処分制限期間（適正化法22条）", ends_on)
    return defaultdict(list, {pk: [one] for pk, one in last.items()})


def _open(awards: Sequence[Award]) -> dict[UUID, list[str]]:
    """What goes on although the case was closed, in words."""
    ids = [award.pk for award in awards]
    found: dict[UUID, list[str]] = defaultdict(list)
    orders = RefundOrder.objects.filter(award_id__in=ids, state=OrderState.ORDERED)
    for pk in orders.values_list("award_id", flat=True):
        found[pk].append("納付の完了を確認していない返還命令があります。")
    # By body and year: one against an order stands under the order's own case.
    objections = Objection.objects.under_way().filter(
        programme__in=[award.programme_id for award in awards]
    )
    objecting = set(objections.values_list("programme_id", "grantee_id"))
    for award in awards:
        if (award.programme_id, award.grantee_id) in objecting:
            found[award.pk].append("終わっていない不服の申出があります。")
    for pk in Claim.objects.open().filter(award_id__in=ids).values_list("award_id", flat=True):
        found[pk].append("支払の済んでいない請求があります。")
    for duty in duties(system("retention"), Award.objects.filter(pk__in=ids)):
        if duty.is_open:
            found[duty.award.pk].append("仕入控除税額の報告が済んでいません。")
        if duty.undecided:
            found[duty.award.pk].append("仕入控除税額の減額の措置が決まっていません。")
    for pk, text in open_above(ids):
        found[pk].append(text)
    return found


def _of_income(
    ids: list[UUID],
) -> tuple[dict[UUID, tuple[str, date]], dict[UUID, list[str]]]:
    """Until when income is reported on (適正化法7条2項), and what of it is not at its end."""
    until: dict[UUID, tuple[str, date]] = {}
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    for year in years_of_income(system("retention"), Award.objects.filter(pk__in=ids)):
        until[year.award.pk] = ("収益状況報告の期限（適正化法7条2項）", year.due_on)
        if year.is_open:
            found[year.award.pk]["収益状況の報告が済んでいません。"] = None
        if year.undecided:
            found[year.award.pk]["収益納付の減額の措置が決まっていません。"] = None
    return until, {pk: list(texts) for pk, texts in found.items()}
