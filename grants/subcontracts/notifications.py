from __future__ import annotations

from collections.abc import Iterable

from grants.contractors.api import to_people
from portal.access.api import Role
from portal.notifications.api import Draft, writes

from .models import Subcontract


def _link(pk: str) -> Subcontract:
    return Subcontract.objects.for_lists().get(pk=pk)


@writes("link.requested")
def requested(pk: str) -> Iterable[Draft]:
    link = _link(pk)
    if not link.is_offices_own:
        body = link.contract.contractor
        yield Draft(
            body.grantee,
            (Role.DRAFTER,),
            "再委託の承諾願が出ました",
            "再委託先が除外団体でないことを確かめて、承諾するか決めてください。",
            link.get_absolute_url(),
            body.name,
        )


def _to_body(pk: str, title: str, text: str) -> Iterable[Draft]:
    link = _link(pk)
    return to_people(link.contract, (Role.RESPONSIBLE,), title, text, link.get_absolute_url())


@writes("link.consented")
def consented(pk: str) -> Iterable[Draft]:
    return _to_body(pk, "再委託が承諾されました", "承諾書と条件を確かめてください。")


@writes("link.sent_back")
def sent_back(pk: str) -> Iterable[Draft]:
    return _to_body(
        pk, "再委託の承諾願が差し戻されました", "理由を見て直し、もう一度承諾を求めてください。"
    )


@writes("link.refused")
def refused(pk: str) -> Iterable[Draft]:
    return _to_body(
        pk, "再委託は承諾されませんでした", "理由を見て、業務の行い方を決めてください。"
    )


@writes("link.revoked")
def revoked(pk: str) -> Iterable[Draft]:
    return _to_body(
        pk, "再委託の承諾が取り消されました", "再委託先の業務を止めて、都道府県に相談してください。"
    )
