from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum

from grants.contractors.api import Contract, Invoice, InvoiceState
from portal.access.api import PREFECTURE
from portal.core.actor import Actor

from .states import OPEN, LinkState


class SubcontractQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> SubcontractQuerySet:
        """Whoever is party to the contract; one not asked for yet is the affair of who writes it."""
        if actor.is_system:
            return self
        contracts = Contract.objects.as_party(actor).filter(pk=OuterRef("contract_id"))
        seen = self.filter(Exists(contracts))
        unseen = Q(state=LinkState.DRAFT) | Q(state=LinkState.WITHDRAWN, requested_on=None)
        return seen.filter(~unseen | Q(is_offices_own=actor.role in PREFECTURE))

    def in_force(self) -> SubcontractQuerySet:
        return self.filter(state=LinkState.CONSENTED)

    def waiting(self) -> SubcontractQuerySet:
        return self.filter(state=LinkState.REQUESTED)

    def sent_back(self) -> SubcontractQuerySet:
        return self.filter(state=LinkState.SENT_BACK)

    def open(self) -> SubcontractQuerySet:
        return self.filter(state__in=OPEN)

    def told(self) -> SubcontractQuerySet:
        """What a page of the chain shows: neither given up nor replaced."""
        return self.exclude(state__in=(LinkState.WITHDRAWN, LinkState.SUPERSEDED))

    def begun_before_consent(self) -> SubcontractQuerySet:
        """Work passed on before anybody had consented, or without that anybody ever did."""
        return self.filter(begun_on__isnull=False).exclude(
            state__in=(LinkState.DRAFT, LinkState.WITHDRAWN)
        )

    def for_lists(self) -> SubcontractQuerySet:
        return self.select_related(
            "contract__contractor__grantee",
            "contract__contractor__organisation",
            "contract__award__programme",
            "contract__award__decision",
            "contractor__organisation",
            "parent__contractor",
        ).prefetch_related("shares", "activities")


class PayeeQuerySet(models.QuerySet[Any]):
    def counted(self) -> PayeeQuerySet:
        """Of invoices that were not withdrawn."""
        return self.exclude(invoice__state=InvoiceState.WITHDRAWN)

    def without_consent(self) -> PayeeQuerySet:
        """To a body that no consent names, or before there was one."""
        return self.counted().filter(Q(link=None) | Q(paid_on__lt=F("link__consented_on")))

    def paid_on_before(self, invoice: Invoice) -> dict[tuple[Any, Any], int]:
        """Yen by link and line, in the contract's other invoices."""
        rows = (
            self.counted()
            .filter(invoice__contract_id=invoice.contract_id, link__isnull=False)
            .exclude(invoice=invoice)
            .order_by()
            .values_list("link_id", "line_uid")
            .annotate(total=Sum("amount"))
        )
        return {(link, line): int(total) for link, line, total in rows}
