"""The order in which the demo comes about, and the list of its sign-ins."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from grants.plans.api import PlanRevision
from grants.programmes.api import Programme, open_programme
from platforms.api import AgendaItem
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import FiscalYear

from . import cases
from .afterwards import load_afterwards
from .allocation import ask_and_promise
from .carried import await_council, write_from_last_year
from .carrying import load_carryovers
from .chains import load_chains
from .changing import load_changes
from .claiming import load_claims
from .closing import load_closing
from .desk import ask_questions, load_desk, load_inquiries
from .earning import load_income
from .objecting import load_objections
from .offices import load_offices
from .papers import load_layouts, load_told_incident
from .people import DEEP_CODES, Cast, cabinet_office, prefectures
from .platforms import load_platforms
from .property import load_properties
from .reading import load_readings
from .records import load_contracts
from .stories import DEEP, DEEP_WITH_SECRETARIAT, LIGHT, MIXED, PlanStory
from .subsidies import load_input_tax, load_subsidies

More = Callable[[Cast, Organisation, dict[str, Organisation], Programme], None]
_more: list[More] = []


def also_load(more: More) -> None:
    """A slot: the wing above adds its own, last, with the open year."""
    if more not in _more:
        _more.append(more)


def is_empty() -> bool:
    return not Programme.objects.exists()


def load() -> Cast:
    """Everything in one transaction, so that a loading cut short leaves nothing half done."""
    with transaction.atomic():
        cast = Cast()
        office = cabinet_office(cast)
        bodies = prefectures(cast)
        last, current = _years(cast, office)
        ask_questions(cast, office, current)
        agendas = {code: cases.make_platform(body) for code, body in bodies.items()}
        _last_year(cast, office, bodies, agendas, last)
        stories = _stories(bodies)
        answers = [
            (body, stories[code], code in DEEP_CODES or n % 2 == 0)
            for n, (code, body) in enumerate(bodies.items())
        ]
        ask_and_promise(cast, office, current, answers)
        _this_year(cast, office, bodies, agendas, current)
        load_layouts(cast, bodies["20"], (last.fiscal_year, current.fiscal_year))
        load_contracts(cast, bodies)
        load_told_incident(cast, bodies["20"])
        load_chains(cast)
        load_platforms(cast, bodies)
        load_offices(cast, bodies)
        load_subsidies(cast, bodies)
        load_closing(cast, office, bodies)
        load_input_tax(cast, office, bodies)
        load_income(cast, office, bodies)
        load_properties(cast, office, bodies)
        load_claims(cast, office, bodies, current)
        load_changes(cast, office, bodies, current)
        load_carryovers(cast, office, current)
        load_objections(cast, office, bodies)
        load_readings(cast, bodies)
        load_desk(cast, office, bodies, current)
        load_inquiries(cast, office, bodies)
        load_afterwards(cast, office, bodies, current)
        for more in _more:
            more(cast, office, bodies, current)
    return cast


def _years(cast: Cast, office: Organisation) -> tuple[Programme, Programme]:
    """The window of both lies around today, so that everything can be filed as people would."""
    manager = cast.actor(office, Role.PROGRAMME_MANAGER)
    now = timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0)
    year = FiscalYear.of(now.date())
    values = {
        "window_opens": (now - timedelta(days=30)).strftime("%Y-%m-%d 09:00"),
        "window_closes": (now + timedelta(days=21)).strftime("%Y-%m-%d %H:%M"),
        "budget": "620000000",
        "base_amount": "30000000",
        # So that something is due already; the amounts of a year are too small for what was borne.
        "income_first": "same",
        "income_deducted": "必要経費",
    }
    last = open_programme(actor=manager, fiscal_year=year - 1, **values)
    current = open_programme(actor=manager, fiscal_year=year, **values)
    return last, current


def _last_year(
    cast: Cast,
    office: Organisation,
    bodies: dict[str, Organisation],
    agendas: dict[str, list[AgendaItem]],
    programme: Programme,
) -> None:
    """Nearly done: every body has its decision."""
    day = FiscalYear(programme.fiscal_year).start + timedelta(days=80)
    for number, (code, body) in enumerate(bodies.items(), start=1):
        usual = DEEP if code in DEEP_CODES else LIGHT[number % len(LIGHT)]
        story = DEEP_WITH_SECRETARIAT if code == "20" else usual
        drafter = cast.actor(body, Role.DRAFTER)
        filing = cases.write_plan(drafter, programme, story, agendas[code])
        cases.add_attachments(drafter, filing)
        filing = cases.submit(cast, filing)
        filing = cases.begin_review(cast, office, filing)
        filing = cases.finish_review(cast, office, filing)
        cases.decide(cast, office, filing, number, day)


def _stories(bodies: dict[str, Organisation]) -> dict[str, PlanStory]:
    """What each body plans this year, and says it will need before."""
    own = {"20": DEEP, "21": MIXED, "31": DEEP}
    return {code: own.get(code, LIGHT[n % len(LIGHT)]) for n, code in enumerate(bodies)}


def _takes_part(code: str, n: int) -> bool:
    return code in DEEP_CODES or n % 6 != 5


def _this_year(
    cast: Cast,
    office: Organisation,
    bodies: dict[str, Organisation],
    agendas: dict[str, list[AgendaItem]],
    programme: Programme,
) -> None:
    """長野 drafts from last year's copy, 岐阜 answers a return, 鳥取 is decided; the rest stand along the way."""
    stories = _stories(bodies)
    for n, (code, body) in enumerate(bodies.items()):
        drafter = cast.actor(body, Role.DRAFTER)
        if not _takes_part(code, n):
            continue
        filing = (
            write_from_last_year(
                drafter, programme, _of_last_year(body), stories[code], agendas[code]
            )
            if code == "20"
            else cases.write_plan(drafter, programme, stories[code], agendas[code])
        )
        cases.add_attachments(drafter, filing)
        if code == "31":
            await_council(filing)
        if code == "20" or (code not in DEEP_CODES and n % 6 == 4):
            continue
        filing = cases.submit(cast, filing)
        if code not in DEEP_CODES and n % 6 == 3:
            continue
        filing = cases.begin_review(cast, office, filing)
        if code == "21":
            cases.return_with_points(cast, office, filing)
            continue
        if code not in DEEP_CODES and n % 6 == 2:
            continue
        filing = cases.finish_review(cast, office, filing)
        if code == "31" or n % 6 == 0:
            cases.decide(cast, office, filing, 100 + n)


def _of_last_year(body: Organisation) -> PlanRevision:
    return PlanRevision.objects.filter(plan__grantee=body).earliest("created_at")


def write_sign_ins(cast: Cast) -> Path:
    """`var/demo.json`, readable by its owner alone."""
    path: Path = settings.VAR_DIR / "demo.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"address": "", "people": cast.sign_ins}, file, ensure_ascii=False, indent=2)
    return path
