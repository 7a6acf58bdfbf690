"""The year before the application: answers from the plans' own stories, tables tried out, 内示 made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from grants.allocations.api import (
    NeedsRow,
    Scenario,
    Statement,
    Survey,
    keep_scenario,
    open_survey,
    preflight,
    promise_all,
    read_subject,
    save_statement,
    start_statement,
    work_out,
)
from grants.filings.api import Filing
from grants.programmes.api import Programme, Round
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.identifiers import read_document_number

from . import cases
from .people import Cast
from .stories import LineStory, PlanStory

# The first of the numbers that the 内示 of the year take, far from those of the decisions.
FIRST_NUMBER = 501


def ask_and_promise(
    cast: Cast,
    office: Organisation,
    programme: Programme,
    stories: Iterable[tuple[Organisation, PlanStory, bool]],
) -> None:
    """`stories` are each body's plan, and whether it answered; who did not gets no 内示."""
    manager = cast.actor(office, Role.PROGRAMME_MANAGER)
    asked = {
        kind: open_survey(
            actor=manager,
            programme=programme,
            kind=kind,
            round_number=1,
            due_on=timezone.localdate() + timedelta(days=days),
            questions=questions,
        )
        for kind, days, questions in (
            ("needs", 5, "予算を提案する議会の時期を教えてください。"),
            ("consultation", 12, ""),
        )
    }
    for n, (body, story, answers) in enumerate(stories):
        if not answers:
            continue
        filing = _answer(cast, asked["needs"], body, story)
        if n % 5:
            cases.step(filing, "accept", cast.actor(office, Role.REVIEWER))
        if n % 9 == 0:
            _answer(cast, asked["consultation"], body, story)
    _share_out(cast, office, Round.objects.of(programme.pk, 1))


def _answer(cast: Cast, survey: Survey, body: Organisation, story: PlanStory) -> Filing:
    drafter = cast.actor(body, Role.DRAFTER)
    filing = start_statement(actor=drafter, survey=survey)
    statement = Statement.objects.get(filing=filing)
    subject = read_subject(statement)
    rows = [_row(row, story) for row in subject.rows]
    income = sum(amount for _, amount in story.incomes)
    rows = [replace(r, income=income if r.type_code == "PF" else 0) for r in rows]
    possible = replace(subject, rows=tuple(rows)).amounts.i
    rows = _wished(rows, possible, subject.terms.amount_unit)
    save_statement(
        actor=drafter,
        filing=filing,
        seen_version=statement.version,
        rows=rows,
        contact_name=drafter.name,
        contact_phone="000-000-0000",
        answer="2月の定例会に提案します。" if survey.questions else "",
    )
    return cases.submit(cast, Filing.objects.get(pk=filing.pk))


def _row(row: NeedsRow, story: PlanStory) -> NeedsRow:
    mine = [a for a in story.activities if a.type_code == row.type_code]
    lines = [line for activity in mine for line in activity.lines]
    if row.type_code == "PF":
        lines = list(story.platform_lines)
    total = sum(_amount(line) for line in lines)
    eligible = sum(_amount(line) for line in lines if line.eligible)
    count = 1 if row.type_code == "PF" else len(mine)
    return replace(row, count=count, total=total, eligible=eligible)


def _amount(line: LineStory) -> int:
    return int(Decimal(line.quantity) * line.price)


def _wished(rows: list[NeedsRow], possible: int, unit: int) -> list[NeedsRow]:
    """What may be wished in all, by the share of each activity; the rest goes to the first."""
    whole = sum(row.eligible for row in rows)
    shares = [row.eligible * possible // whole // unit * unit for row in rows]
    shares[0] += possible - sum(shares)
    return [replace(row, wish=share) for row, share in zip(rows, shares, strict=True)]


def _share_out(cast: Cast, office: Organisation, round_: Round) -> None:
    """A tight table and a generous one beside it; the 内示 follow the second."""
    reviewer = cast.actor(office, Role.REVIEWER)
    budget = round_.programme.terms().budget
    tight = budget // 5
    kept: Scenario | None = None
    for rule, available, note in (
        ("proportion", tight, "予算の5分の1にとどめ、全団体を同じ割合で減らした案"),
        ("level", tight, "同じ額で、1団体の上限をそろえて下げた案"),
        ("proportion", budget, "希望額のとおりとし、残りを追加募集に回す案"),
    ):
        draft = work_out(round_, rule=rule, available=available, ceiling=None, fixed={})
        kept = keep_scenario(
            actor=reviewer,
            round_=round_,
            draft=draft,
            rule=rule,
            ceiling=None,
            note=note,
            based_on=kept,
        )
    assert kept is not None  # three were made
    ready = [one for one in preflight(kept, round_) if one.is_ready]
    promise_all(
        actor=cast.actor(office, Role.DECIDER),
        scenario=kept,
        prepared=ready,
        numbers=[
            read_document_number(f"府孤推第{FIRST_NUMBER + n}号").value for n in range(len(ready))
        ],
        issued_on=timezone.localdate(),
    )
