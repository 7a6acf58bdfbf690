from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from grants.contractors.api import Contract, people_of
from portal.access.api import CONTRACTOR
from portal.core.actor import Actor
from portal.core.dates import FiscalYear

from .states import PENDING, WITH_CONTRACTOR, BatchState, ReportState


def _visible_months(actor: Actor, to_report: str = "") -> Q:
    """Of rows that are a month, or lead to one by `to_report`."""
    contracts = Contract.objects.for_user(actor).filter(pk=OuterRef(f"{to_report}contract_id"))
    seen = Q(Exists(contracts))
    if actor.role in CONTRACTOR:
        people = people_of(actor).filter(contract=OuterRef(f"{to_report}contract_id"))
        seen &= Q(Exists(people.recording(OuterRef(f"{to_report}activity_uid"))))
    return seen


class PeriodReportQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PeriodReportQuerySet:
        """Whoever sees the contract sees its months; of a part passed on, those of its activities."""
        if actor.is_system:
            return self
        return self.filter(_visible_months(actor))

    def begun(self, today: date) -> PeriodReportQuerySet:
        return self.filter(month__lte=today)

    def within(self, year: FiscalYear) -> PeriodReportQuerySet:
        """Those of which a month lies in the year."""
        return self.filter(month__lte=year.end, last_month__gte=year.start)

    def owed_on(self, day: date) -> PeriodReportQuerySet:
        """With the contractor, and due on that very day."""
        return self.with_contractor().filter(due_on=day)

    def with_contractor(self) -> PeriodReportQuerySet:
        return self.filter(state__in=WITH_CONTRACTOR)

    def unconfirmed(self) -> PeriodReportQuerySet:
        return self.filter(state=ReportState.SUBMITTED)

    def missing(self) -> PeriodReportQuerySet:
        """With whom ever they are, nobody has confirmed them."""
        return self.exclude(state=ReportState.CONFIRMED)

    def for_lists(self) -> PeriodReportQuerySet:
        return self.select_related(
            "contract__contractor__grantee",
            "contract__contractor__organisation",
            "contract__award__programme",
            "contract__award__decision",
        )

    def with_counts(self) -> PeriodReportQuerySet:
        """`record_count`, asked of the rows that are shown alone: a join would count all months."""
        records = apps.get_model("records", "ActivityRecord").objects.filter(report=OuterRef("pk"))
        counted = records.order_by().values("report").annotate(n=Count("*")).values("n")
        return self.annotate(record_count=Coalesce(Subquery(counted), 0))


class RecordQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RecordQuerySet:
        """Offices read what was submitted at least once; before, it is the contractor's own."""
        if actor.is_system:
            return self
        mine = self.filter(_visible_months(actor, "report__"))
        return mine if actor.role in CONTRACTOR else mine.exclude(report__state=ReportState.OPEN)

    def returned(self) -> RecordQuerySet:
        return self.exclude(return_reason="")

    def copy_in(self, records: Sequence[Any]) -> None:
        """Stores new records by COPY: a file has thousands, and an INSERT of them is mostly parsing.

        Raises IntegrityError as an INSERT does.
        """
        fields = self.model._meta.concrete_fields
        quote = connection.ops.quote_name
        names = ", ".join(quote(field.column) for field in fields)
        command = f"COPY {quote(self.model._meta.db_table)} ({names}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(command) as stream:
            for record in records:
                stream.write_row(
                    [f.get_db_prep_save(f.pre_save(record, add=True), connection) for f in fields]
                )


class VersionQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> VersionQuerySet:
        """Whoever sees the month: what is here was submitted."""
        if actor.is_system:
            return self
        return self.filter(_visible_months(actor, "report__"))


class BatchQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> BatchQuerySet:
        """Files as they came are the contractor's own: nobody looked through them yet."""
        if actor.is_system:
            return self
        if actor.role not in CONTRACTOR:
            return self.none()
        return self.filter(_visible_months(actor, "report__"))

    def pending(self) -> BatchQuerySet:
        return self.filter(state__in=PENDING)

    def read_before(self, batch: Any) -> BatchQuerySet:
        """Files still to be read that came earlier, whoever sent them."""
        return self.filter(state=BatchState.RECEIVED, uploaded_at__lt=batch.uploaded_at)


class ContractorsOwnQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ContractorsOwnQuerySet:
        """The contractor's own, of people with a contract; each prefecture has its own contractor."""
        if actor.is_system:
            return self
        if actor.role not in CONTRACTOR:
            return self.none()
        mine = Contract.objects.as_party(actor).filter(contractor_id=OuterRef("contractor_id"))
        return self.filter(Exists(mine))


class ColumnNameQuerySet(ContractorsOwnQuerySet):
    def names_of(self, contractor_id: Any, type_code: str) -> dict[str, str]:
        """The key of each name, for reading a file."""
        found = self.filter(contractor_id=contractor_id, type_code=type_code)
        return dict(found.values_list("text", "key"))
