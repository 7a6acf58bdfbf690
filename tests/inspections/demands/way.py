"""A demand and its reports, as people bring them about; for the tests of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from inspections.demands.api import (
    Demand,
    Report,
    save_report,
    write_demand,
)
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform
from tests.world import World

DAY = timedelta(days=1)
QUESTIONS = ["契約の相手方と金額", "検査の方法"]


def write(world: World, *bodies: Organisation, **changed: Any) -> Demand:
    values = {
        "title": "委託費の執行",
        "basis": "both",
        "reason": "執行の状況を確かめるため。",
        "due_on": timezone.localdate() + 14 * DAY,
        **changed,
    }
    return write_demand(
        actor=world.actor(Role.INSPECTOR),
        programme=world.programme,
        values=values,
        questions=QUESTIONS,
        grantees=bodies or [world.nagano, world.gifu, world.tottori],
    )


def issue(world: World, *bodies: Organisation, number: str = "府孤推第178号") -> Demand:
    demand = write(world, *bodies)
    today = timezone.localdate()
    data = {
        "document_number": read_document_number(number).value,
        "decided_on": today,
        "issued_on": today,
    }
    issued = perform(Demand, demand.pk, "issue", world.actor(Role.DECIDER), data=data).subject
    assert isinstance(issued, Demand)
    return issued


def report_of(demand: Demand, body: Organisation) -> Report:
    found = Report.objects.for_lists().get(demand=demand, grantee=body)
    assert isinstance(found, Report)
    return found


def written(world: World, demand: Demand, body: Organisation, *texts: str) -> Report:
    report = report_of(demand, body)
    save_report(
        actor=world.actor(Role.DRAFTER, body),
        report=report,
        seen_version=report.version,
        texts=dict(enumerate(texts or ("3件、計1,200万円", "検査調書による"), start=1)),
        upload=None,
    )
    return report_of(demand, body)


def reported(world: World, demand: Demand, body: Organisation) -> Report:
    report = written(world, demand, body)
    perform(Report, report.pk, "answer", world.actor(Role.APPROVER, body))
    return report_of(demand, body)


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()
