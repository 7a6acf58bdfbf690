"""Working out how to share a round's money, and promising it (内示)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from grants.awards.api import take_number
from grants.filings.api import Filing, canonical, digest
from grants.programmes.api import Ledger, Round
from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.identifiers import DocumentNumber
from portal.core.money import format_yen
from portal.core.problems import Denied, Refused
from portal.documents.api import request_document
from portal.outbox.api import enqueue

from .comparison import wishes
from .models import Batch, BatchItem, Promise, Scenario, ScenarioRow
from .rules import Claim, Sharing, four_eyes_on_promise, promise_reasons, share
from .states import BatchKind


def left_of(round_: Round) -> int:
    """Yen of the year's budget that nobody was given or promised."""
    ledger = Ledger.objects.get(programme_id=round_.programme_id)
    return ledger.left(round_.programme.terms().budget)


def bodies_of(round_: Round) -> list[Organisation]:
    kinds = round_.programme.terms().eligible_bodies
    return list(Organisation.objects.filter(kind__in=kinds).order_by("prefecture_id", "name"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A table as it is being tried out: nothing of it is stored."""

    bodies: tuple[Organisation, ...]
    wishes: tuple[int | None, ...]
    fixed: tuple[int | None, ...]
    sharing: Sharing

    @property
    def lines(self) -> list[dict[str, Any]]:
        rows = zip(self.bodies, self.wishes, self.fixed, self.sharing.amounts, strict=True)
        return [
            {
                "grantee": body,
                "wish": wish,
                "fixed": fixed,
                "amount": amount,
                "cut": None if wish is None else amount - wish,
            }
            for body, wish, fixed, amount in rows
        ]

    @property
    def wished(self) -> int:
        return sum(wish or 0 for wish in self.wishes)


def work_out(
    round_: Round,
    *,
    rule: str,
    available: int,
    ceiling: int | None,
    fixed: Mapping[UUID, int | None],
) -> Draft:
    """All bodies with their wishes and what the rule gives them; the same queries for any number."""
    bodies = bodies_of(round_)
    found = wishes(round_.programme_id, round_.number)
    wished = [found[b.pk].amount if b.pk in found else None for b in bodies]
    by_hand = [fixed.get(body.pk) for body in bodies]
    sharing = share(
        [Claim(str(b.pk), w or 0, f) for b, w, f in zip(bodies, wished, by_hand, strict=True)],
        available=available,
        unit=round_.programme.terms().amount_unit,
        rule=rule,
        ceiling=ceiling,
    )
    return Draft(tuple(bodies), tuple(wished), tuple(by_hand), sharing)


def keep_scenario(
    *,
    actor: Actor,
    round_: Round,
    draft: Draft,
    rule: str,
    ceiling: int | None,
    note: str,
    based_on: Scenario | None,
) -> Scenario:
    """The table as the next version. Raises Refused when it shares out more than there is."""
    if draft.sharing.shortage:
        over = format_yen(draft.sharing.shortage)
        raise Refused(
            [f"手で決めた額の合計が、配分する額を{over}超えています。額を減らしてください。"]
        )
    with transaction.atomic():
        # The ledger's row is the lock: two tables never get the same number.
        Ledger.objects.select_for_update().get(programme_id=round_.programme_id)
        scenario = Scenario.objects.create(
            programme_id=round_.programme_id,
            round_number=round_.number,
            number=Scenario.objects.of_round(round_).count() + 1,
            rule=rule,
            available=draft.sharing.available,
            ceiling=ceiling,
            unit=round_.programme.terms().amount_unit,
            note=note,
            based_on=based_on,
            made_by_id=actor.user_id,
            made_by_name=actor.name,
        )
        ScenarioRow.objects.bulk_create(
            ScenarioRow(
                scenario=scenario,
                grantee=line["grantee"],
                wish=line["wish"],
                fixed=line["fixed"],
                amount=line["amount"],
            )
            for line in draft.lines
        )
        record(
            actor,
            "allocations.keep",
            "配分案を作る",
            scenario,
            case_id=scenario.pk,
            data={
                "said": {
                    "決まり": scenario.get_rule_display(),
                    "合計": format_yen(draft.sharing.total),
                    "残り": format_yen(draft.sharing.remainder),
                }
            },
        )
    return scenario


def makers_of(scenario: Scenario) -> set[object]:
    """Everyone who had a hand in a table: who made it, and who made those it was made from."""
    makers: set[object] = set()
    here: Scenario | None = scenario
    while here is not None:
        makers.add(here.made_by_id)
        here = here.based_on
    return makers


@dataclass(frozen=True, slots=True)
class Prepared:
    """One body before the 内示: what it would get, and all that stands against it now."""

    row: ScenarioRow
    reasons: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        return not self.reasons


def preflight(scenario: Scenario, round_: Round) -> list[Prepared]:
    """In the table's order, counting down what is left; three queries whatever the number."""
    left = left_of(round_)
    done = set(Promise.objects.of_round(round_).values_list("grantee_id", flat=True))
    prepared = []
    for row in rows_of(scenario):
        reasons = tuple(
            promise_reasons(row.amount, wish=row.wish, left=left, has_one=row.grantee_id in done)
        )
        if not reasons:
            left -= row.amount
        prepared.append(Prepared(row, reasons))
    return prepared


def rows_of(scenario: Scenario) -> list[ScenarioRow]:
    rows = scenario.rows.select_related("grantee__prefecture")
    return list(rows.order_by("grantee__prefecture_id", "grantee__name"))


def promise(
    *,
    actor: Actor,
    scenario: Scenario,
    row: ScenarioRow,
    number: DocumentNumber | None,
    issued_on: date,
) -> Promise:
    """内示 to one body, under the year's ledger: never a yen above the budget, whatever runs at once.

    Raises Denied for whoever had a hand in the table, Refused with every reason against the amount.
    """
    against = list(four_eyes_on_promise(actor.user_id, makers_of(scenario)))
    if against:
        raise Denied(against)
    programme = scenario.programme
    budget = programme.terms().budget
    with transaction.atomic():
        ledger = Ledger.objects.select_for_update().get(programme=programme)
        has_one = Promise.objects.filter(
            programme=programme, grantee_id=row.grantee_id, round_number=scenario.round_number
        ).exists()
        left = ledger.left(budget)
        reasons = list(promise_reasons(row.amount, wish=row.wish, left=left, has_one=has_one))
        if reasons:
            raise Refused(reasons)
        office = Organisation.objects.get(pk=actor.organisation_id)
        shown = take_number(office, number, issued_on, f"promise:{row.pk}")
        text = _notice(scenario, row, shown, issued_on)
        made = Promise.objects.create(
            programme=programme,
            grantee_id=row.grantee_id,
            round_number=scenario.round_number,
            scenario=scenario,
            amount=row.amount,
            document_number=shown,
            issued_on=issued_on,
            payload=text,
            sha256=digest(text),
            issued_by_id=actor.user_id,
            issued_by_name=actor.name,
        )
        ledger.promised += row.amount
        ledger.save(update_fields=["promised"])
        _tell(actor, made, office)
    return made


def _notice(scenario: Scenario, row: ScenarioRow, number: str, issued_on: date) -> str:
    """What the notice says, for ever: the terms as they are on the day it is made."""
    terms = scenario.programme.terms()
    return canonical(
        {
            "form": "promise/1",
            "terms": {
                "year_label": terms.year_label,
                "official_name": terms.official_name,
                "project_name": terms.project_name,
                "addressee": terms.addressee,
            },
            "grantee": row.grantee.name,
            "document_number": number,
            "issued_on": issued_on.isoformat(),
            "amount": row.amount,
            "wish": row.wish,
            "round": Round.objects.of(scenario.programme_id, scenario.round_number).name,
            "first_eligible_day": terms.first_eligible_day,
            "over_allotment": terms.over_allotment,
        }
    )


def _tell(actor: Actor, made: Promise, office: Organisation) -> None:
    """The notice as a PDF, the message, and last the Event."""
    request_document(
        kind="notice_of_promise",
        title=f"内示通知書（{made.document_number}）",
        subject=made,
        payload_hash=made.sha256,
        issuer=office,
        readers=[made.grantee, office],
        case_id=made.case_id,
        is_filed=True,
    )
    key = f"allocations.promised:{made.pk}"
    enqueue("notify", key, {"message": "allocations.promised", "pk": str(made.pk), "key": key})
    record(
        actor,
        "allocations.promise",
        "内示する",
        made,
        case_id=made.case_id,
        data={
            "said": {
                "内示額": format_yen(made.amount),
                "文書番号": made.document_number,
                "配分案": str(made.scenario.number),
            }
        },
    )


def promise_all(
    *,
    actor: Actor,
    scenario: Scenario,
    prepared: Sequence[Prepared],
    numbers: Sequence[DocumentNumber | None],
    issued_on: date,
) -> Batch:
    """Each body in a transaction of its own; one that fails stops nobody else. Returns the results."""
    batch = Batch.objects.create(
        kind=BatchKind.PROMISE, title=f"{scenario}による内示", made_by_name=actor.name
    )
    for order, (one, number) in enumerate(zip(prepared, numbers, strict=True), start=1):
        item = BatchItem(batch=batch, order=order, name=one.row.grantee.name, amount=one.row.amount)
        try:
            made = promise(
                actor=actor, scenario=scenario, row=one.row, number=number, issued_on=issued_on
            )
        except Denied as refusal:
            item.text = "\n".join(refusal.reasons)
        else:
            item.is_done, item.document_number = True, made.document_number
            item.text, item.url = "内示しました。", made.get_absolute_url()
        item.save()
    return batch


def end_promise(*, actor: Actor, made: Promise, reason: str) -> None:
    """The money is free for others: the body does not apply, or says that it needs none.

    Raises Refused for one that a decision followed, or that was ended already.
    """
    with transaction.atomic():
        ledger = Ledger.objects.select_for_update().get(programme_id=made.programme_id)
        locked = Promise.objects.select_for_update(of=("self",)).get(pk=made.pk)
        if locked.released_at is not None:
            raise Refused(["この内示の取り置きは、もう終わっています。"])
        Promise.objects.filter(pk=made.pk).update(released_at=timezone.now(), end_reason=reason)
        ledger.promised -= locked.amount
        ledger.save(update_fields=["promised"])
        key = f"allocations.ended:{made.pk}"
        enqueue("notify", key, {"message": "allocations.ended", "pk": str(made.pk), "key": key})
        record(
            actor,
            "allocations.end_promise",
            "内示の取り置きを終える",
            made,
            case_id=made.case_id,
            data={"said": {"内示額": format_yen(made.amount), "理由": reason}},
        )


def promised_for(filing: Filing) -> int:
    """Yen that still stand for the body in the filing's round (see `grants.awards.promises`)."""
    found = Promise.objects.of_filing(filing).standing().first()
    return found.amount if found is not None else 0


def release(filing: Filing) -> None:
    """A decision followed: the 内示 holds nothing of the budget any more."""
    Promise.objects.of_filing(filing).standing().update(released_at=timezone.now())


def content_of(made: Promise) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(made.payload)
    return content
