"""Writing a 繰越の承認の申出, what an approval keeps, and giving one up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from grants.awards.api import Award, Decision, lock_award
from grants.changes.api import against_changing, start_statement
from grants.changes.api import standing_of as plan_standing_of
from grants.contractors.api import money_by_line
from grants.filings.api import Filing
from portal.audit.api import Visibility, already_recorded, record
from portal.core.actor import Actor
from portal.core.dates import FiscalYear, day_with_weekday
from portal.core.money import format_yen
from portal.core.problems import Refused, Stale

from .models import Carried, CarriedLine, Carryover, CarryoverRow, YearEnd
from .rules import from_state, start_reasons, unreported_year, year_end_reasons
from .standing import state_open

_TYPED = ("direct", "committed", "committed_on", "committed_number", "national", "own")
_EMPTY = {"committed_number": ""}


def against_carrying(award: Award) -> list[str]:
    """Why no further 繰越し of this award can be asked for now."""
    before = list(Carried.objects.standing().filter(award=award).order_by("step"))
    kinds = [one.kind for one in before]
    found = start_reasons(award.programme.fiscal_year, kinds, timezone.localdate())
    return [*against_changing(award), *found]


def start_carryover(*, actor: Actor, award: Award) -> Filing:
    """One on its way at a time; a second click finds it. Begins with the lines of the plan in force,
    or of what was carried before. Raises Refused with every reason against it.
    """
    with transaction.atomic():
        locked = lock_award(award)
        going = Carryover.objects.on_their_way().filter(award=locked).select_related("filing")
        existing = going.first()
        if existing is not None:
            found: Filing = existing.filing
            return found
        reasons = against_carrying(locked)
        if reasons:
            raise Refused(reasons)
        filing = Filing.objects.create(
            kind="carryover", programme_id=locked.programme_id, grantee_id=locked.grantee_id
        )
        step = Carried.objects.standing().filter(award=locked).count() + 1
        carryover = Carryover.objects.create(
            filing=filing,
            award=locked,
            step=step,
            from_year=locked.programme.fiscal_year + step - 1,
        )
        _draw(carryover)
        record(
            actor,
            "filings.carryover.start",
            "繰越の承認の申出を書き始める",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return filing


def draw_carryover_again(*, carryover: Carryover) -> None:
    """Brings the rows up to plan, 流用 and contracts' records while it is with its writers."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=carryover.pk)
        if filing.is_with_writers:
            _draw(carryover)


def _draw(carryover: Carryover) -> None:
    """What was typed stays with its line; a line that is gone goes with it."""
    stored = {row.line_uid: row for row in carryover.rows.all()}
    facts = _facts(carryover)
    new = []
    for line_uid, values in facts.items():
        row = stored.get(line_uid)
        if row is None:
            new.append(CarryoverRow(carryover=carryover, line_uid=line_uid, **values))
            continue
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    CarryoverRow.objects.bulk_create(new)
    carryover.rows.exclude(line_uid__in=facts).delete()


def _facts(carryover: Carryover) -> dict[UUID, dict[str, Any]]:
    """By the uid of a line: what plan, earlier 繰越し and contracts say of it."""
    award = carryover.award
    money = money_by_line(
        grantee_id=award.grantee_id,
        fiscal_year=award.programme.fiscal_year,
        paid_until=carryover.year.end,
    )
    before = CarriedLine.objects.filter(carried__award=award, carried__step=carryover.step - 1)
    earlier = {one.line_uid: one for one in before.filter(carried__given_up_at=None)}
    found: dict[UUID, dict[str, Any]] = {}
    for order, line in enumerate(plan_standing_of(award).lines):
        uid = UUID(str(line.uid))
        if carryover.step > 1 and uid not in earlier:
            continue
        paid, contracted = 0, 0
        if uid in money:
            paid, contracted = money[uid].paid, money[uid].contracted
        found[uid] = {
            "order": order,
            "section": line.section[:200],
            "label": line.label[:250],
            "base": earlier[uid].amount if uid in earlier else max(0, line.amount),
            "is_eligible": line.is_eligible,
            "is_contracted": uid in money,
            "paid": max(0, paid - int(earlier[uid].spent)) if uid in earlier else max(0, paid),
            "bound": max(0, contracted - paid),
        }
    return found


def save_carryover(
    *,
    actor: Actor,
    carryover: Carryover,
    seen_version: int,
    values: Mapping[str, Any],
    rows: Mapping[UUID, Mapping[str, Any]],
) -> Carryover:
    """No Event: it is a draft. Raises Stale when somebody saved it first, Refused once it is out of
    the writers' hands."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=carryover.pk)
        if not filing.is_with_writers:
            raise Refused(["いまは変更できません。戻ってから直します。"])
        locked: Carryover = Carryover.objects.select_for_update(of=("self",)).get(pk=carryover.pk)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save(update_fields=[*values, "version"])
        stored = list(locked.rows.filter(uid__in=rows))
        for row in stored:
            for name in _TYPED:
                setattr(row, name, rows[row.uid].get(name, _EMPTY.get(name)))
        CarryoverRow.objects.bulk_update(stored, _TYPED)
        locked.editors.add(actor.user_id)  # type: ignore[arg-type]  # a person types
    return locked


def keep_carried(
    *,
    carryover: Carryover,
    award: Award,
    decision: Decision,
    lines: Sequence[Mapping[str, Any]],
    minister_on: date | None,
    minister_number: str,
) -> Carried:
    """What an approval of these sealed lines carries, within what the body was not paid yet of the
    year that ends.

    Call inside the transition's transaction, with what `lock_award` gave. Raises Refused.
    """
    reasons = against_carrying(award)
    if reasons:
        raise Refused(reasons)
    national = sum(int(line["national"]) for line in lines)
    carried: Carried = Carried.objects.create(
        award=award,
        decision=decision,
        step=carryover.step,
        kind=carryover.kind,
        from_year=carryover.from_year,
        national=national,
        own=sum(int(line["own"]) for line in lines),
        state_amount=from_state(national, *state_open(award)),
        last_day=carryover.last_day,
        minister_on=minister_on,
        minister_number=minister_number,
    )
    CarriedLine.objects.bulk_create(
        CarriedLine(
            carried=carried,
            line_uid=line["line_uid"],
            label=line["label"],
            spent=line["spent"],
            national=line["national"],
            own=line["own"],
        )
        for line in lines
    )
    return carried


def against_giving_up(carried: Carried) -> list[str]:
    reasons = []
    if carried.given_up_at is not None:
        reasons.append("この繰越しは、すでに取りやめています。")
    if timezone.localdate() > carried.ends_by:
        reasons.append(
            f"{carried.year.label}が終わっているため、取りやめられません。使わなかった額は、"
            "実績報告で不用とします。"
        )
    return reasons


def give_up(
    *, actor: Actor, carried: Carried, reason: str, request_key: UUID | None = None
) -> Carried:
    """The work ends within its year after all: nothing is carried, the deadlines are the old ones.

    Until that year's last day. A second click with the same key changes nothing more. Raises Refused.
    """
    with transaction.atomic():
        lock_award(carried.award)
        locked: Carried = (
            Carried.objects.select_for_update(of=("self",))
            .select_related("award__programme", "award__grantee", "decision")
            .get(pk=carried.pk)
        )
        if already_recorded("carryovers.give_up", locked.pk, request_key):
            return locked
        reasons = against_giving_up(locked)
        if reasons:
            raise Refused(reasons)
        locked.given_up_at, locked.give_up_reason = timezone.now(), reason
        locked.given_up_by_name = actor.name
        locked.save(update_fields=["given_up_at", "give_up_reason", "given_up_by_name"])
        record(
            actor,
            "carryovers.give_up",
            "繰越しを取りやめる",
            locked,
            article="適正化法7条1項5号",
            case_id=locked.decision.filing_id,
            data={
                "said": {
                    "繰り越す国費": format_yen(locked.national),
                    "完了の予定の日": day_with_weekday(locked.last_day),
                    "理由": reason,
                }
            },
            request_key=request_key,
        )
    return locked


def against_year_end(award: Award) -> list[str]:
    """Why no 年度終了実績報告 can be begun now."""
    return list(year_end_reasons(*_years_told(award), FiscalYear.of(timezone.localdate())))


def _years_told(award: Award) -> tuple[int, int, set[int]]:
    """The award's own year, for how many more its work was carried on, and those reported on."""
    carried = Carried.objects.standing().filter(award=award).count()
    reports = YearEnd.objects.filter(award=award).exclude(filing__state="withdrawn")
    told = set(reports.values_list("fiscal_year", flat=True))
    return award.programme.fiscal_year, carried, told


def start_year_end(*, actor: Actor, award: Award) -> Filing:
    """Of the first year that ended without one; a second click finds the one being written.

    Raises Refused where no year is to be reported on.
    """
    going = YearEnd.objects.on_their_way().filter(award=award).select_related("filing").first()
    if going is not None:
        found: Filing = going.filing
        return found
    years = (*_years_told(award), FiscalYear.of(timezone.localdate()))
    year = unreported_year(*years)
    if year is None:
        raise Refused(list(year_end_reasons(*years)))
    return start_statement(
        actor=actor,
        award=award,
        model=YearEnd,
        label="年度終了実績報告",
        values={"fiscal_year": year},
    )
