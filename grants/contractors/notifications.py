from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from portal.access.api import CONTRACTOR, Role
from portal.accounts.api import Organisation
from portal.notifications.api import Draft, writes

from .models import Contract, Contractor, Invoice


def to_people(
    contract: Contract,
    roles: Iterable[str],
    title: str,
    text: str,
    url: str,
    activity: UUID | None = None,
    only: UUID | None = None,
) -> Iterator[Draft]:
    """To those who work on the contract in these roles, and to nobody else of their body.

    With `activity` (a uid) also to people of a body below to which it was passed on; with `only`
    (the id of a user) to this one of them.
    """
    people = contract.people.standing().joined().filter(role__in=list(roles))
    people = people.of_party() if activity is None else people.recording(activity)
    told: dict[Organisation, list[UUID]] = {}
    for person in people.select_related("sub_body", "invitation").order_by("pk"):
        user = person.user_id or person.invitation.accepted_by_id
        if only in (None, user):
            told.setdefault(person.sub_body or contract.contractor.organisation, []).append(user)
    sender = contract.contractor.grantee.name
    for body, users in told.items():
        yield Draft(body, tuple(sorted(CONTRACTOR)), title, text, url, sender, tuple(users))


def _to_body(contract: Contract, title: str, text: str, url: str) -> Iterable[Draft]:
    return to_people(contract, (Role.RESPONSIBLE,), title, text, url)


def _contract(pk: str) -> Contract:
    return Contract.objects.for_lists().get(pk=pk)


def _invoice(pk: str) -> Invoice:
    return Invoice.objects.for_lists().get(pk=pk)


@writes("contract.changed")
def changed(pk: str) -> Iterable[Draft]:
    contract = _contract(pk)
    return _to_body(
        contract,
        f"{contract.words.change}が登録されました",
        f"{contract.words.amount}、期間、充当を確かめてください。",
        contract.get_absolute_url(),
    )


@writes("contract.terminated")
def terminated(pk: str) -> Iterable[Draft]:
    contract = _contract(pk)
    return _to_body(
        contract,
        "交付決定の取消しが登録されました" if contract.is_subsidy else "契約の解除が登録されました",
        "その日までの月報を提出してください。",
        contract.get_absolute_url(),
    )


def _to_prefecture(pk: str, title: str, text: str) -> Iterable[Draft]:
    contract = _contract(pk)
    contractor = contract.contractor
    yield Draft(
        contractor.grantee,
        (Role.DRAFTER,),
        title,
        text,
        contract.get_absolute_url(),
        contractor.name,
    )


@writes("check.lapsing")
def lapsing(pk: str) -> Iterable[Draft]:
    contractor = Contractor.objects.select_related("grantee").get(pk=pk)
    yield Draft(
        contractor.grantee,
        (Role.DRAFTER,),
        "委託先の確認の有効期限が近づいています",
        "除外団体でないことを、期限の前にもう一度確かめてください。",
        contractor.get_absolute_url(),
        contractor.name,
    )


@writes("contract.completion")
def completion(pk: str) -> Iterable[Draft]:
    words = _contract(pk).words
    text = f"{words.inspection}をして、記録してください。"
    return _to_prefecture(pk, f"{words.party}から{words.completion}が出ました", text)


@writes("contract.incident")
def incident(pk: str) -> Iterable[Draft]:
    return _to_prefecture(
        pk,
        f"{_contract(pk).words.party}から事故の報告がありました",
        "内容を見て、必要な対応を相手の団体と決めてください。",
    )


@writes("invoice.billed")
def billed(pk: str) -> Iterable[Draft]:
    invoice = _invoice(pk)
    if not invoice.is_offices_own:
        contractor = invoice.contract.contractor
        yield Draft(
            contractor.grantee,
            (Role.DRAFTER,),
            f"{invoice.contract.words.party}から請求がありました",
            f"{invoice.contract.words.inspection}の結果と照らして、支払を決めるか差し戻してください。",
            invoice.get_absolute_url(),
            contractor.name,
        )


def _of_invoice(pk: str, title: str, text: str) -> Iterable[Draft]:
    invoice = _invoice(pk)
    if not invoice.is_offices_own:
        yield from _to_body(invoice.contract, title, text, invoice.get_absolute_url())


@writes("invoice.payable")
def payable(pk: str) -> Iterable[Draft]:
    return _of_invoice(pk, "請求が認められました", "支払の日が決まるまで、お待ちください。")


@writes("invoice.sent_back")
def sent_back(pk: str) -> Iterable[Draft]:
    return _of_invoice(pk, "請求が差し戻されました", "理由を見て直し、もう一度請求してください。")


@writes("invoice.paid")
def paid(pk: str) -> Iterable[Draft]:
    return _of_invoice(pk, "請求の支払が済みました", "支払の日を見ることができます。")


@writes("contract.concluded")
def concluded(pk: str) -> Iterable[Draft]:
    contract = _contract(pk)
    return to_people(
        contract,
        (Role.RESPONSIBLE, Role.RECORDER),
        "交付決定が登録されました" if contract.is_subsidy else "契約が登録されました",
        "担当者は、月ごとの活動実績を入力できます。",
        contract.get_absolute_url(),
    )
