"""What inspections hold of a case: papers under their own ids, kits, and what is not at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from grants.awards.api import Award
from grants.retention.api import Copy, Holding
from inspections.demands.api import Report
from inspections.findings.api import Finding
from inspections.orders.api import Order
from inspections.visits.api import Visit

from .models import Kit


def cases(award: Award) -> Iterator[UUID]:
    mine = {"demand__programme_id": award.programme_id, "grantee_id": award.grantee_id}
    yield from Report.objects.filter(**mine).values_list("pk", flat=True)
    yield from Visit.objects.filter(award=award).values_list("pk", flat=True)
    yield from Finding.objects.filter(visit__award=award).values_list("pk", flat=True)
    yield from Order.objects.filter(award=award).values_list("pk", flat=True)


def subjects(award: Award) -> Iterable[str]:
    """Every paper of an inspection stands under its case."""
    return ()


def open_procedures(awards: Sequence[UUID]) -> Iterator[tuple[UUID, str]]:
    orders = Order.objects.unsettled().filter(award_id__in=awards)
    for pk in orders.values_list("award_id", flat=True):
        yield pk, "終わっていない措置の命令があります。"


def copies(award: Award) -> Iterator[Copy]:
    for kit in Kit.objects.filter(award=award).exclude(file=""):
        label = f"検査の資料（{kit.asked_at:%Y-%m-%d}）"
        yield Copy(label, kit.file, kit.sha256, kit.size, _forgetting(kit))


def _forgetting(kit: Kit) -> Callable[[], None]:
    def forget() -> None:
        Kit.objects.filter(pk=kit.pk).update(file="")

    return forget


HOLDING = Holding(cases, subjects, open_procedures)
