"""Who is told of an order. Not its content: that is read on the page."""

from __future__ import annotations

from collections.abc import Iterable

from inspections.visits.api import INSPECTORS
from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import Order
from .policy import ANSWERERS

_OFFICE = "内閣府"


def _to_body(pk: str, title: str, text: str) -> Draft:
    order: Order = Order.objects.for_lists().get(pk=pk)
    due = day_with_weekday(order.due_on)
    return Draft(
        order.grantee,
        tuple(sorted(ANSWERERS)),
        title.format(due=due),
        text.format(due=due),
        order.get_absolute_url(),
        _OFFICE,
    )


@writes("order.issued")
def issued(pk: str) -> Iterable[Draft]:
    yield _to_body(
        pk,
        "措置の命令が施行されました（{due}まで）",
        "命令書を確認し、{due}までに措置を行い、報告してください。",
    )


@writes("order.reported")
def reported(pk: str) -> Iterable[Draft]:
    order: Order = Order.objects.for_lists().get(pk=pk)
    yield Draft(
        Organisation.objects.cabinet_office().get(),
        tuple(sorted(INSPECTORS)),
        f"{order.grantee.name}から、命令の履行の報告が届きました",
        "履行を確かめ、終えるか、再度の報告を求めてください。",
        order.get_absolute_url(),
        order.grantee.name,
        users=tuple(order.editors.values_list("pk", flat=True)),
    )


@writes("order.asked_again")
def asked_again(pk: str) -> Iterable[Draft]:
    yield _to_body(
        pk,
        "命令の履行の再度の報告を求められました（{due}まで）",
        "理由を確認し、{due}までに報告してください。",
    )


@writes("order.complied")
def complied(pk: str) -> Iterable[Draft]:
    yield _to_body(pk, "措置の命令の履行が確認されました", "することはありません。")


@writes("order.not_complied")
def not_complied(pk: str) -> Iterable[Draft]:
    yield _to_body(
        pk,
        "措置の命令が履行されていないと認められました",
        "理由を確認し、措置を行ったときは報告してください。",
    )
