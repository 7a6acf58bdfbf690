"""What a transition of a link does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from grants.contractors.api import Contract, PaperKind, limit_people, make_paper
from grants.guideline.api import blocking_messages
from portal.core.actor import Actor, system
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.workflow.api import perform

from .chain import chain_of
from .models import Subcontract
from .papers import consent_content, request_content

Data = Mapping[str, Any]


def lock_contract(link: Subcontract, actor: Actor, data: Data) -> None:
    """So that two links at once do not both fit into what is left."""
    Contract.objects.select_for_update(of=("self",)).get(pk=link.contract_id)


def keep_request(link: Subcontract, actor: Actor, data: Data) -> None:
    link.requested_on = link.requested_on or timezone.localdate()
    link.answer = ""
    if not link.is_offices_own:
        link.request_paper = make_paper(
            actor=actor,
            contract=link.contract,
            kind=PaperKind.SUB_REQUEST,
            said=request_content(link),
        )
    data["_said"]["再委託先"] = link.contractor.name
    data["_said"]["再委託する額"] = format_yen(link.amount)


def judge_consent(link: Subcontract, actor: Actor, data: Data) -> None:
    """On the day of the consent, under the contract's lock."""
    link.consented_on = data["consented_on"]
    link.document_number = data["document_number"].original
    link.conditions = data["conditions"]
    reasons = blocking_messages(chain_of(link.contract).judgements(link, link.consented_on))
    if reasons:
        raise Refused(reasons)


def take_place(link: Subcontract, actor: Actor, data: Data) -> None:
    """A change: what hung below the link that is replaced hangs below this one."""
    if link.replaces_id:
        Subcontract.objects.filter(parent_id=link.replaces_id).update(parent=link)
        perform(Subcontract, link.replaces_id, "supersede", system("再委託の変更の承諾"))


def keep_consent(link: Subcontract, actor: Actor, data: Data) -> None:
    link.consent_paper = make_paper(
        actor=actor,
        contract=link.contract,
        kind=PaperKind.SUB_CONSENT,
        said=consent_content(link),
    )
    _limit(link, counts=True)
    data["_said"]["再委託先"] = link.contractor.name
    data["_said"]["再委託する額"] = format_yen(link.amount)
    data["_said"]["文書番号"] = link.document_number
    if link.conditions:
        data["_said"]["条件"] = link.conditions


def keep_answer(link: Subcontract, actor: Actor, data: Data) -> None:
    link.answer = data["reason"]
    data["_said"]["再委託先"] = link.contractor.name
    data["_said"]["理由"] = link.answer


def keep_revocation(link: Subcontract, actor: Actor, data: Data) -> None:
    link.closed_on = data["revoked_on"]
    _close(link, "上の再委託の承諾の取消し")


def keep_end(link: Subcontract, actor: Actor, data: Data) -> None:
    link.closed_on = timezone.localdate()
    data["_said"]["再委託先"] = link.contractor.name
    data["_said"]["終わった理由"] = actor.scope
    _close(link, actor.scope)


def keep_replacement(link: Subcontract, actor: Actor, data: Data) -> None:
    link.closed_on = timezone.localdate()
    data["_said"]["再委託先"] = link.contractor.name


def _close(link: Subcontract, why: str) -> None:
    """What hangs below it ends with it, and so does what its people may record."""
    for child in Subcontract.objects.open().filter(parent=link).values_list("pk", flat=True):
        perform(Subcontract, child, "end", system(why))
    _limit(link, counts=False)


def _limit(link: Subcontract, *, counts: bool) -> None:
    """Of all consents in force that the body has under the contract, with or without this one."""
    organisation = link.contractor.organisation
    others = (
        Subcontract.objects.in_force()
        .filter(contract_id=link.contract_id, contractor__organisation=organisation)
        .exclude(pk=link.pk)
    )
    if link.replaces_id:
        others = others.exclude(pk=link.replaces_id)
    uids = set(others.values_list("activities__activity_uid", flat=True))
    if counts:
        uids |= {one.activity_uid for one in link.activities.all()}
    limit_people(link.contract, organisation, uids)


def end_all(contract: Contract, why: str) -> None:
    """With the contract, from the top of each chain down."""
    while True:
        link = Subcontract.objects.open().filter(contract=contract).order_by("created_at").first()
        if link is None:
            return
        perform(Subcontract, link.pk, "end", system(why))
