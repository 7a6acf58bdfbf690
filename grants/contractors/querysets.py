from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE, Role, opened
from portal.core.actor import Actor
from portal.core.dates import FiscalYear

from .rules import LineMoney, eligibility_reasons
from .states import (
    CONCLUDED,
    ContractKind,
    ContractState,
    FundingStage,
    Ground,
    InvoiceKind,
    InvoiceState,
    Method,
)


class ContractorQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ContractorQuerySet:
        """A prefecture's own. The same body in another prefecture is another contractor."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()

    def with_contract_in_force(self) -> ContractorQuerySet:
        return self.filter(contracts__state=ContractState.IN_FORCE).distinct()

    def lapsing_on(self, day: date) -> list[Any]:
        """Of these, who has one ground whose last valid check ends on that day."""
        after = day + timedelta(days=1)
        return [
            contractor
            for contractor in self.select_related("grantee").prefetch_related("checks")
            if not eligibility_reasons(contractor.findings(), day)
            and eligibility_reasons(contractor.findings(), after)
        ]

    def for_lists(self) -> ContractorQuerySet:
        return self.select_related("grantee", "organisation").prefetch_related(
            "checks", "contracts__award__programme"
        )


class ContractQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ContractQuerySet:
        """A prefecture's own; concluded ones to the Cabinet Office and to the people on them."""
        if actor.is_system:
            return self
        if actor.role in CABINET_OFFICE:
            return self.filter(state__in=CONCLUDED)
        if actor.role in PREFECTURE:
            return self.filter(contractor__grantee_id=actor.organisation_id)
        if actor.role == Role.READER:
            concluded = self.filter(state__in=CONCLUDED)
            return concluded.filter(opened(actor, "award__grantee_id", "award__programme_id"))
        if actor.role in CONTRACTOR:
            return self.filter(
                Exists(people_of(actor).filter(contract=OuterRef("pk"))), state__in=CONCLUDED
            )
        return self.none()

    def as_party(self, actor: Actor) -> ContractQuerySet:
        """For its terms, money and papers: not for who only records a part passed on to another body."""
        seen = self.for_user(actor)
        if actor.role in CONTRACTOR:
            own = people_of(actor).filter(contract=OuterRef("pk"), sub_body=None)
            return seen.filter(Exists(own))
        return seen

    def in_force(self) -> ContractQuerySet:
        return self.filter(state=ContractState.IN_FORCE)

    def concluded(self) -> ContractQuerySet:
        return self.filter(state__in=CONCLUDED)

    def within(self, year: FiscalYear) -> ContractQuerySet:
        """Those that run in the year, on one day of it at least."""
        return self.filter(starts_on__lte=year.end, ends_on__gte=year.start)

    def terminated_under(self, award: Any) -> ContractQuerySet:
        """What another body may take over in mid-year."""
        return self.filter(award=award, state=ContractState.TERMINATED).select_related("contractor")

    def small_around(self, day: date, span: timedelta) -> ContractQuerySet:
        """少額の随意契約 signed at most `span` before or after the day."""
        return self.filter(
            kind=ContractKind.CONTRACT,
            method=Method.NEGOTIATED,
            ground=Ground.G1,
            signed_on__gte=day - span,
            signed_on__lte=day + span,
        )

    def covering(self, day: date) -> ContractQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def for_lists(self) -> ContractQuerySet:
        return self.select_related(
            "contractor__grantee", "contractor__organisation", "award__programme", "award__decision"
        ).prefetch_related("activities")


class ContractPersonQuerySet(models.QuerySet[Any]):
    def of(self, actor: Actor) -> ContractPersonQuerySet:
        """This human being, on contracts that the body for which they act now has a part in."""
        body = actor.organisation_id
        return self.standing().filter(
            Q(user_id=actor.user_id) | Q(invitation__accepted_by_id=actor.user_id),
            Q(sub_body=None, contract__contractor__organisation_id=body) | Q(sub_body_id=body),
        )

    def standing(self) -> ContractPersonQuerySet:
        return self.filter(ended_at=None)

    def of_party(self) -> ContractPersonQuerySet:
        """Of the contract's own body."""
        return self.filter(sub_body=None)

    def recording(self, activity: Any) -> ContractPersonQuerySet:
        """Of the contract's own body, or of one to which this activity (a uid) was passed on."""
        return self.filter(Q(sub_body=None) | Q(activity_uids__contains=[activity]))

    def joined(self) -> ContractPersonQuerySet:
        return self.exclude(user=None, invitation__accepted_by=None)

    def waiting(self) -> ContractPersonQuerySet:
        return self.filter(
            user=None, invitation__accepted_at=None, invitation__expires_at__gt=timezone.now()
        )


def people_of(actor: Actor) -> ContractPersonQuerySet:
    """The rows that let this actor see a contract, for EXISTS; an actor without a person has none."""
    found: ContractPersonQuerySet = apps.get_model("contractors", "ContractPerson").objects.of(
        actor
    )
    return found


class ContractLineQuerySet(models.QuerySet[Any]):
    def of_year(self, grantee_id: Any, fiscal_year: int) -> ContractLineQuerySet:
        """Of a body's concluded contracts under the awards of one fiscal year.

        A uid may live in the plans of several years; the year tells whose money it is.
        """
        return self.filter(
            contract__state__in=CONCLUDED,
            contract__award__grantee_id=grantee_id,
            contract__award__programme__fiscal_year=fiscal_year,
        )

    def with_money(self, paid_until: date | None = None) -> ContractLineQuerySet:
        """Annotates `billed`, `payable` and `paid` in yen; what is paid later counts as payable."""
        state = "invoiced__invoice__state"
        paid = Q(**{state: InvoiceState.PAID})
        late = Q(invoiced__invoice__paid_on__gt=paid_until) if paid_until else Q(pk__in=[])
        signed = Case(
            When(invoiced__invoice__kind=InvoiceKind.RETURN, then=-F("invoiced__amount")),
            default=F("invoiced__amount"),
            output_field=models.BigIntegerField(),
        )

        def total(condition: Q) -> Coalesce:
            return Coalesce(Sum(signed, filter=condition), 0, output_field=models.BigIntegerField())

        return self.annotate(
            billed=total(Q(**{state: InvoiceState.BILLED})),
            payable=total(Q(**{state: InvoiceState.PAYABLE}) | (paid & late)),
            paid=total(paid & ~late),
        )

    def money(self, paid_until: date | None = None) -> dict[UUID, LineMoney]:
        """By the uid of the plan's line, over all its contracts. One query."""
        found: dict[UUID, LineMoney] = defaultdict(LineMoney)
        rows = self.order_by().with_money(paid_until)
        for uid, state, amount, billed, payable, paid in rows.values_list(
            "line_uid", "contract__state", "amount", "billed", "payable", "paid"
        ):
            is_cut = state == ContractState.TERMINATED
            contracted = billed + payable + paid if is_cut else amount
            found[uid] += LineMoney(contracted, billed, payable, paid)
        return dict(found)


class InvoiceQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> InvoiceQuerySet:
        """Whoever is party to the contract; one not billed yet is the affair of the side that writes it."""
        if actor.is_system:
            return self
        contracts = apps.get_model("contractors", "Contract").objects.as_party(actor)
        seen = self.filter(Exists(contracts.filter(pk=OuterRef("contract_id"))))
        mine = Q(pk__in=[])
        if actor.role in CONTRACTOR:
            mine = Q(is_offices_own=False)
        elif actor.role in PREFECTURE:
            mine = Q(is_offices_own=True)
        return seen.filter(~Q(state=InvoiceState.DRAFT) | mine)

    def asked_for(self) -> InvoiceQuerySet:
        """Billed, to be paid or paid: what counts against the contract."""
        return self.filter(state__in=(InvoiceState.BILLED, InvoiceState.PAYABLE, InvoiceState.PAID))

    def decided(self) -> InvoiceQuerySet:
        return self.filter(state__in=(InvoiceState.PAYABLE, InvoiceState.PAID))

    def for_lists(self) -> InvoiceQuerySet:
        return self.select_related(
            "contract__contractor__grantee",
            "contract__contractor__organisation",
            "contract__award__programme",
            "contract__award__decision",
        )


class PaperQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PaperQuerySet:
        """Whoever is party to the contract."""
        if actor.is_system:
            return self
        contracts = apps.get_model("contractors", "Contract").objects.as_party(actor)
        return self.filter(Exists(contracts.filter(pk=OuterRef("contract_id"))))


class LayoutQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> LayoutQuerySet:
        """A prefecture's own."""
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()

    def standing(self) -> LayoutQuerySet:
        """The newest of each body, year and paper."""
        return self.order_by("grantee_id", "fiscal_year", "paper", "-number").distinct(
            "grantee_id", "fiscal_year", "paper"
        )

    def of(self, grantee_id: Any, fiscal_year: int, paper: str) -> LayoutQuerySet:
        found = self.filter(grantee_id=grantee_id, fiscal_year=fiscal_year, paper=paper)
        return found.order_by("-number")


class AcceptanceQuerySet(models.QuerySet[Any]):
    def standing(self) -> AcceptanceQuerySet:
        """Those that no later one replaces."""
        return self.filter(replaced_by=None)


class FundingQuerySet(models.QuerySet[Any]):
    def standing(self) -> FundingQuerySet:
        """The newest of each contract and stage."""
        return self.order_by("contract_id", "stage", "-recorded_at", "-id").distinct(
            "contract_id", "stage"
        )

    def stages(self) -> frozenset[str]:
        return frozenset(FundingStage(stage) for stage in self.values_list("stage", flat=True))
