"""A small believable world that the tests of several wings share: people, an open year, filings.

Everything comes about through the portal's own services, as in the demo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from grants.demo import cases
from grants.demo.people import Cast, cabinet_office, prefectures
from grants.demo.stories import DEEP, LIGHT, PlanStory
from grants.filings.api import Filing, latest_version
from grants.programmes.api import Programme, open_programme
from platforms.api import AgendaItem
from portal.access.api import Role
from portal.accounts.api import Membership, Organisation, User, actor_for, grant_role
from portal.core.actor import Actor
from portal.core.dates import FiscalYear
from portal.core.identifiers import read_document_number
from portal.prefectures.api import load_prefectures
from portal.workflow.api import Outcome, perform

# How far along its way a filing can be brought, in the order of the way.
WAY = (
    *("draft", "awaiting_approval", "submitted", "under_review", "returned", "reviewed"),
    *("decided", "declined", "withdrawn"),
)


@dataclass
class World:
    """The Cabinet Office, 47 prefectures (岐阜 decides on paper), a year that is open."""

    cast: Cast
    office: Organisation
    bodies: dict[str, Organisation]
    programme: Programme
    agendas: dict[Any, list[AgendaItem]] = field(default_factory=dict)
    numbers: int = 0

    @property
    def nagano(self) -> Organisation:
        return self.bodies["20"]

    @property
    def gifu(self) -> Organisation:
        return self.bodies["21"]

    @property
    def tottori(self) -> Organisation:
        return self.bodies["31"]

    def sign_in_of(self, login: str) -> dict[str, str]:
        return next(person for person in self.cast.sign_ins if person["login"] == login)

    def actor(self, role: str, organisation: Organisation | None = None) -> Actor:
        """Of the Cabinet Office, or of 長野県, unless another is named."""
        if organisation is not None:
            return self.cast.actor(organisation, role)
        at = self.office if (self.office.pk, role) in self.cast.actors else self.nagano
        return self.cast.actor(at, role)

    def agenda(self, body: Organisation) -> list[AgendaItem]:
        """Of the body's platform, which is set up on the first call."""
        if body.pk not in self.agendas:
            self.agendas[body.pk] = cases.make_platform(body)
        return self.agendas[body.pk]

    def draft(self, grantee: Organisation | None = None, story: PlanStory = DEEP) -> Filing:
        """A plan of which every section is written and every paper attached."""
        body = grantee or self.nagano
        drafter = self.actor(Role.DRAFTER, body)
        filing = cases.write_plan(drafter, self.programme, story, self.agenda(body))
        cases.add_attachments(drafter, filing)
        return filing

    def filing(
        self, state: str, grantee: Organisation | None = None, story: PlanStory = LIGHT[0]
    ) -> Filing:
        """One that its people led to this state, each in their role."""
        filing = self.draft(grantee, story if state != "returned" else DEEP)
        steps = {
            "awaiting_approval": (self.request,),
            "submitted": (self.submit,),
            "under_review": (self.submit, self.begin_review),
            "returned": (self.submit, self.begin_review, self.send_back),
            "reviewed": (self.submit, self.begin_review, self.finish_review),
            "decided": (self.submit, self.begin_review, self.finish_review, self.decide),
            "declined": (self.submit, self.begin_review, self.finish_review, self.decline),
            "withdrawn": (self.withdraw,),
        }
        for step in steps.get(state, ()):
            filing = step(filing)
        assert filing.state == state
        return filing

    def act(self, filing: Filing, name: str, actor: Actor, **data: Any) -> Outcome:
        return perform(Filing, filing.pk, name, actor, data=data)

    def request(self, filing: Filing) -> Filing:
        drafter = self.actor(Role.DRAFTER, filing.grantee)
        return self.act(filing, "request_approval", drafter, note="").subject

    def submit(self, filing: Filing) -> Filing:
        return cases.submit(self.cast, filing)

    def begin_review(self, filing: Filing) -> Filing:
        return cases.begin_review(self.cast, self.office, filing)

    def send_back(self, filing: Filing) -> Filing:
        return cases.return_with_points(self.cast, self.office, filing)

    def send_back_statement(self, filing: Filing) -> Filing:
        """A 協議 with its points, to be answered within a week."""
        due = timezone.localdate() + timedelta(days=7)
        return self.act(filing, "return", self.actor(Role.REVIEWER), answer_due=due).subject

    def finish_review(self, filing: Filing) -> Filing:
        return cases.finish_review(self.cast, self.office, filing)

    def decide(self, filing: Filing) -> Filing:
        return self.act(filing, "decide", self.actor(Role.DECIDER), **self.decision(filing)).subject

    def decline(self, filing: Filing) -> Filing:
        data = {**self.numbered(), "reason": "目的が交付金の目的に合わない。"}
        return self.act(filing, "decline", self.actor(Role.DECIDER), **data).subject

    def withdraw(self, filing: Filing) -> Filing:
        approver = self.actor(Role.APPROVER, filing.grantee)
        return self.act(filing, "withdraw", approver, reason="計画を見直す。").subject

    def decision(self, filing: Filing, amount: int | None = None) -> dict[str, Any]:
        """What a decider gives; the whole of column I unless an amount in yen is named."""
        sealed = latest_version(filing)
        assert sealed is not None
        return {
            **self.numbered(),
            "amount": int(sealed.content["amounts"]["i"]) if amount is None else amount,
            "modification_reason": "" if amount is None else "対象経費を精査したため。",
            "conditions": [],
        }

    def numbered(self) -> dict[str, Any]:
        self.numbers += 1
        today = timezone.localdate()
        number = read_document_number(f"府孤推第{self.numbers}号").value
        return {"document_number": number, "decided_on": today, "issued_on": today}

    def wearing(self, actor: Actor, organisation: Organisation, role: str) -> Actor:
        """The same person in a second role, as people with two memberships are."""
        user = User.objects.get(pk=actor.user_id)
        return actor_for(grant_role(user=user, organisation=organisation, role=role))


def build_world(*, budget: int = 100_000_000, fiscal_year: int | None = None) -> World:
    """`budget` of the open year in yen; its window began three days ago and ends in twenty.

    The year is that of today unless another is named.
    """
    load_prefectures()
    cast = Cast()
    office = cabinet_office(cast)
    bodies = prefectures(cast)
    now = timezone.localtime()
    programme = open_programme(
        actor=cast.actor(office, Role.PROGRAMME_MANAGER),
        fiscal_year=fiscal_year or FiscalYear.of(now.date()),
        window_opens=(now - timedelta(days=3)).strftime("%Y-%m-%d %H:%M"),
        window_closes=(now + timedelta(days=20)).strftime("%Y-%m-%d %H:%M"),
        budget=str(budget),
    )
    return World(cast, office, bodies, programme)


def ensure_cache_table() -> None:
    """The cache is a table that no migration makes."""
    call_command("createcachetable", verbosity=0)


def client_of(actor: Actor, *, proved_seconds_ago: int = 0) -> Client:
    """A session of this person in this role; the second factor was asked for so long ago."""
    client = Client()
    user = User.objects.get(pk=actor.user_id)
    client.force_login(user, backend="portal.accounts.backends.WithMemberships")
    membership = Membership.objects.get(
        user=user, organisation_id=actor.organisation_id, role=actor.role, ends_on=None
    )
    session = client.session
    session["membership"] = str(membership.pk)
    session["second_factor"] = True
    asked = SimpleNamespace(session=session)
    record_authentication(asked, user, method="mfa", reauthenticated=True)
    session["account_authentication_methods"][-1]["at"] -= proved_seconds_ago
    session.save()
    return client


def database_url(role: str | None = None) -> str:
    """Of the test's database, for a connection of its own; as another role if one is named."""
    known = connection.settings_dict
    host = str(known["OPTIONS"].get("host") or known["HOST"]).replace("/", "%2F")
    return f"postgres://{role or known['USER']}@/{known['NAME']}?host={host}"
