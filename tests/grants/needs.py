"""Surveys and their answers, as people bring them about; for the tests of several rooms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from grants.allocations.api import (
    Promise,
    Scenario,
    Statement,
    Survey,
    keep_scenario,
    open_survey,
    preflight,
    promise,
    read_subject,
    save_statement,
    start_statement,
    work_out,
)
from grants.filings.api import Filing
from grants.programmes.api import Round
from portal.access.api import Role
from portal.accounts.api import Organisation
from tests.world import World


def survey(world: World, kind: str = "needs", round_number: int = 1, questions: str = "") -> Survey:
    return open_survey(
        actor=world.actor(Role.PROGRAMME_MANAGER),
        programme=world.programme,
        kind=kind,
        round_number=round_number,
        due_on=timezone.localdate() + timedelta(days=14),
        questions=questions,
    )


def write(world: World, asked: Survey, body: Organisation, wish: int) -> Filing:
    """A draft of two activities, whose wish (yen, a multiple of 2,000) is half of what they cost."""
    drafter = world.actor(Role.DRAFTER, body)
    filing = start_statement(actor=drafter, survey=asked)
    statement = Statement.objects.get(filing=filing)
    half = wish // 2
    rows = [
        replace(row, count=1, total=wish, eligible=wish, wish=half)
        if row.type_code in ("04", "07")
        else row
        for row in read_subject(statement).rows
    ]
    save_statement(
        actor=drafter,
        filing=filing,
        seen_version=statement.version,
        rows=rows,
        contact_name="小林 由佳",
        contact_phone="026-235-0000",
        answer="予定どおりです。",
    )
    return filing


def answer(world: World, asked: Survey, body: Organisation, wish: int) -> Filing:
    """Written, approved and filed."""
    filing = write(world, asked, body, wish)
    return world.submit(Filing.objects.get(pk=filing.pk))


def first_round(world: World) -> Round:
    return Round.objects.of(world.programme.pk, 1)


def scenario(
    world: World,
    available: int,
    *,
    rule: str = "proportion",
    fixed: dict[str, int] | None = None,
    based_on: Scenario | None = None,
    round_: Round | None = None,
) -> Scenario:
    """A table that the reviewer made and kept; `fixed` by code of the prefecture, in yen."""
    by_hand = {world.bodies[code].pk: amount for code, amount in (fixed or {}).items()}
    at = round_ or first_round(world)
    draft = work_out(at, rule=rule, available=available, ceiling=None, fixed=by_hand)
    return keep_scenario(
        actor=world.actor(Role.REVIEWER),
        round_=at,
        draft=draft,
        rule=rule,
        ceiling=None,
        note="",
        based_on=based_on,
    )


def promised(world: World, body: Organisation, amount: int, round_: Round | None = None) -> Promise:
    """A wish of twice the amount, a table in which it is fixed by hand, and its 内示."""
    at = round_ or first_round(world)
    asked = Survey.objects.filter(
        programme=world.programme, kind="needs", round_number=at.number
    ).first() or survey(world, round_number=at.number)
    answer(world, asked, body, 2 * amount)
    code = next(code for code, one in world.bodies.items() if one == body)
    table = scenario(world, amount, rule="by_hand", fixed={code: amount}, round_=at)
    (one,) = [one for one in preflight(table, at) if one.row.grantee_id == body.pk]
    return promise(
        actor=world.actor(Role.DECIDER),
        scenario=table,
        row=one.row,
        number=world.numbered()["document_number"],
        issued_on=timezone.localdate(),
    )
