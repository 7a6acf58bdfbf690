"""Verbs of the estimates that a contract without competition rests on (要領2(3))."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.documents.api import Limits, attach

from .judging import EVIDENCE
from .models import Contract, Estimate
from .states import ContractState

_MEGABYTE = 1024 * 1024


def add_estimate(
    *,
    actor: Actor,
    contract: Contract,
    name: str,
    amount: int,
    given_on: date,
    is_chosen: bool,
    upload: UploadedFile | None = None,
) -> Estimate:
    """`amount` in yen. One that is chosen takes the place of the one chosen before.

    Its paper is open to the Cabinet Office once the contract is concluded, as other evidence is.
    Raises Refused for a concluded contract and ValidationError for a file that cannot be taken.
    """
    with transaction.atomic():
        locked = _draft(contract)
        paper = None
        if upload is not None:
            limit = locked.award.programme.terms().file_limit_mb * _MEGABYTE
            paper = attach(
                actor=actor,
                upload=upload,
                kind=EVIDENCE,
                subject=locked,
                limits=Limits(file_bytes=limit),
            )
        if is_chosen:
            locked.estimates.filter(is_chosen=True).update(is_chosen=False)
        estimate = Estimate.objects.create(
            contract=locked,
            name=name,
            amount=amount,
            given_on=given_on,
            is_chosen=is_chosen,
            document=paper,
        )
        _say(actor, locked, "estimate", "見積りを記録する", estimate)
    return estimate


def choose_estimate(*, actor: Actor, contract: Contract, estimate: Estimate) -> None:
    """Raises Refused for a concluded contract."""
    with transaction.atomic():
        locked = _draft(contract)
        locked.estimates.filter(is_chosen=True).update(is_chosen=False)
        locked.estimates.filter(pk=estimate.pk).update(is_chosen=True)
        _say(actor, locked, "choose_estimate", "契約の相手方の見積りを選ぶ", estimate)


def remove_estimate(*, actor: Actor, contract: Contract, estimate: Estimate) -> None:
    """Its file stays among the contract's papers. Raises Refused for a concluded contract."""
    with transaction.atomic():
        locked = _draft(contract)
        _say(actor, locked, "remove_estimate", "見積りを外す", estimate)
        locked.estimates.filter(pk=estimate.pk).delete()


def explain_estimates(
    *, actor: Actor, contract: Contract, single_estimate_reason: str, dearer_reason: str
) -> None:
    """Why there is one only, and why not the lowest. Raises Refused for a concluded contract."""
    with transaction.atomic():
        locked = _draft(contract)
        locked.single_estimate_reason = single_estimate_reason
        locked.dearer_reason = dearer_reason
        locked.version += 1
        locked.save(update_fields=["single_estimate_reason", "dearer_reason", "version"])
        record(
            actor,
            "contractors.explain_estimates",
            "見積りについての理由を書く",
            locked,
            article="要領2(3)",
            case_id=locked.case_id,
            visibility=Visibility.ORGANISATION,
        )


def _draft(contract: Contract) -> Contract:
    locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if locked.state != ContractState.DRAFT:
        raise Refused(["登録した契約の見積りは変更できません。"])
    return locked


def _say(actor: Actor, contract: Contract, act: str, label: str, estimate: Estimate) -> None:
    record(
        actor,
        f"contractors.{act}",
        label,
        contract,
        article="要領2(3)",
        case_id=contract.case_id,
        data={"said": {"見積りを出した者": estimate.name, "見積額": format_yen(estimate.amount)}},
        visibility=Visibility.ORGANISATION,
    )
