"""Surveys and their answers, as people bring them about; for the tests of several rooms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from grants.allocations.api import (
    Statement,
    Survey,
    open_survey,
    read_subject,
    save_statement,
    start_statement,
)
from grants.filings.api import Filing
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
