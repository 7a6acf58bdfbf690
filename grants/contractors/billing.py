"""Verbs of a contract's money: allocating it, asking for it, inspecting, declaring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.access.api import PREFECTURE
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, Limits, attach, take_away
from portal.outbox.api import enqueue

from .allocation import LineShare, write_lines
from .billed import RECEIPTS, receipts_of
from .measuring import measures_of, work_so_far
from .models import (
    Acceptance,
    Contract,
    ContractPaper,
    FundingDeclaration,
    FundingItem,
    Invoice,
    InvoiceLine,
)
from .papers import completion_content, incident_content, inspection_content, make_paper
from .planned import lines_for
from .rules import spread
from .states import (
    AcceptanceKind,
    AcceptanceResult,
    ContractState,
    FundingStage,
    InvoiceState,
    PaperKind,
)

_MEGABYTE = 1024 * 1024


def allocate(
    *,
    actor: Actor,
    contract: Contract,
    seen_version: int,
    shares: Mapping[UUID, LineShare],
) -> None:
    """Replaces the allocation of a contract in preparation. Raises Refused and Stale.

    Whether the sum is that of the contract is a requirement, judged when it is concluded.
    """
    with transaction.atomic():
        locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if locked.state != ContractState.DRAFT:
            raise Refused(["登録した契約の充当は、変更契約によって変えてください。"])
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        locked.version += 1
        locked.save(update_fields=["version"])
        locked.lines.all().delete()
        write_lines(locked, shares)
        record(
            actor,
            "contractors.allocate",
            "契約額を積算内訳に充てる",
            locked,
            case_id=locked.case_id,
            visibility=Visibility.ORGANISATION,
        )


def allocate_in_order(*, actor: Actor, contract: Contract) -> None:
    """As `spread` proposes it: the plan's lines in their order."""
    shares = spread(contract.amount, lines_for(contract))
    allocate(
        actor=actor,
        contract=contract,
        seen_version=contract.version,
        shares={uid: LineShare(amount) for uid, amount in shares.items()},
    )
    contract.refresh_from_db(fields=["version"])


# ---- 請求 ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineClaim:
    """What is asked for on one line of the contract: yen, with the quantity by unit price."""

    amount: int
    quantity: Decimal | None = None


def write_invoice(
    *,
    actor: Actor,
    contract: Contract,
    values: Mapping[str, Any],
    claims: Mapping[int, LineClaim],
    measures: Mapping[int, str] | None = None,
) -> Invoice:
    """A draft of this side. `claims` by the pk of the contract's line; their sum is the amount.

    `measures` are the numbers of the records by which lines are counted from now on.
    """
    with transaction.atomic():
        _remember_measures(actor, contract, measures or {})
        invoice = Invoice.objects.create(
            contract=contract,
            amount=sum(claim.amount for claim in claims.values()),
            is_offices_own=actor.role in PREFECTURE,
            entered_by_id=actor.user_id,
            **values,
        )
        _write_claims(invoice, claims)
        _say_invoice(actor, invoice, "contractors.invoice", "請求を作成する")
    return invoice


def edit_invoice(
    *,
    actor: Actor,
    invoice: Invoice,
    seen_version: int,
    values: Mapping[str, Any],
    claims: Mapping[int, LineClaim],
    measures: Mapping[int, str] | None = None,
) -> None:
    """While its writers have it. Raises Refused and Stale."""
    with transaction.atomic():
        locked = _writable(invoice)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.amount = sum(claim.amount for claim in claims.values())
        locked.version += 1
        locked.save()
        locked.lines.all().delete()
        _write_claims(locked, claims)
        _remember_measures(actor, locked.contract, measures or {})
        _say_invoice(actor, locked, "contractors.edit_invoice", "請求の内容を変える")


def _remember_measures(actor: Actor, contract: Contract, measures: Mapping[int, str]) -> None:
    """Chosen once for a line of the contract: later invoices begin with it."""
    labels = {one.key: one.label for one in measures_of(contract)} if measures else {}
    for line in contract.lines.select_for_update().filter(pk__in=measures):
        chosen = measures[line.pk]
        if chosen == line.measure or (chosen and chosen not in labels):
            continue
        line.measure = chosen
        line.save(update_fields=["measure"])
        record(
            actor,
            "contractors.measure",
            "数量とする実績を決める",
            contract,
            case_id=contract.case_id,
            data={"said": {"積算内訳": line.item, "実績": labels.get(chosen, "決めていない")}},
            visibility=Visibility.ORGANISATION,
        )


def _writable(invoice: Invoice) -> Invoice:
    locked: Invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if locked.state not in (InvoiceState.DRAFT, InvoiceState.SENT_BACK):
        raise Refused(["請求した後は、差戻しがあるまで変えられません。"])
    return locked


def _write_claims(invoice: Invoice, claims: Mapping[int, LineClaim]) -> None:
    known = set(invoice.contract.lines.values_list("pk", flat=True))
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice, contract_line_id=pk, amount=claim.amount, quantity=claim.quantity
        )
        for pk, claim in claims.items()
        if pk in known and claim.amount
    )


def _say_invoice(actor: Actor, invoice: Invoice, verb: str, label: str) -> None:
    record(
        actor,
        verb,
        label,
        invoice,
        case_id=invoice.case_id,
        data={"said": {"請求額": format_yen(invoice.amount)}},
        visibility=Visibility.ORGANISATION,
    )


def add_receipt(*, actor: Actor, invoice: Invoice, upload: UploadedFile) -> Document:
    """領収書 and the like. Raises ValidationError for what cannot be taken, and Refused."""
    terms = invoice.contract.award.programme.terms()
    papers = receipts_of(invoice)
    with transaction.atomic():
        locked = _writable(invoice)
        paper = attach(
            actor=actor,
            upload=upload,
            kind=RECEIPTS,
            subject=locked,
            limits=Limits(
                file_bytes=terms.file_limit_mb * _MEGABYTE,
                total_bytes=terms.filing_limit_mb * _MEGABYTE,
                already_bytes=sum(papers.values_list("size", flat=True)),
            ),
            keeps_origin=False,
        )
        # Read through the invoice alone: others of the same body may not be on this contract.
        paper.readers.clear()
        record(
            actor,
            "contractors.receipt",
            "請求の資料を追加する",
            locked,
            case_id=locked.case_id,
            data={"said": {"資料": paper.title}},
            visibility=Visibility.ORGANISATION,
        )
    return paper


def remove_receipt(*, actor: Actor, invoice: Invoice, paper: Document) -> None:
    """Before anything was asked for: then the prefecture has seen it. Raises Refused."""
    with transaction.atomic():
        locked = _writable(invoice)
        found = receipts_of(locked).filter(pk=paper.pk).first()
        if found is None or locked.state != InvoiceState.DRAFT:
            raise Refused(["請求した資料は外せません。"])
        record(
            actor,
            "contractors.remove_receipt",
            "請求の資料を外す",
            locked,
            case_id=locked.case_id,
            data={"said": {"識別値": found.sha256}},
            visibility=Visibility.ORGANISATION,
        )
        take_away(found)


# ---- 検査, 他の資金 --------------------------------------------------------------------------------


def record_acceptance(*, actor: Actor, contract: Contract, values: Mapping[str, Any]) -> Acceptance:
    """検査調書 (地方自治法234条の2), or 額の確定調書 of a subsidy. Never changed; another one follows.

    Raises Refused for a subsidy without its 実績報告, or fixed at more than was decided.
    """
    if contract.is_subsidy:
        _refuse_fixing(contract, values)
    with transaction.atomic():
        locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        found = Acceptance.objects.create(contract=contract, recorded_by_id=actor.user_id, **values)
        make_paper(
            actor=actor,
            contract=locked,
            kind=PaperKind.FIXING if contract.is_subsidy else PaperKind.INSPECTION,
            said=inspection_content(found),
        )
        record(
            actor,
            "contractors.accept_work",
            contract.words.inspect,
            contract,
            article=contract.words.inspect_basis,
            case_id=contract.case_id,
            data={"said": _said_of(found)},
            visibility=Visibility.ORGANISATION,
        )
    return found


def _refuse_fixing(contract: Contract, values: Mapping[str, Any]) -> None:
    reasons = []
    if not values.get("reported_on"):
        reasons.append("実績報告を受けた日がありません。入力してください。")
    if values["amount"] > contract.amount:
        reasons.append(f"確定額は、交付決定額（{format_yen(contract.amount)}）以下にしてください。")
    if reasons:
        raise Refused(reasons)


def _said_of(found: Acceptance) -> dict[str, str]:
    if found.contract.is_subsidy:
        return {"確定額": format_yen(found.amount)}
    return {
        "検査": AcceptanceKind(found.kind).label,
        "結果": AcceptanceResult(found.result).label,
        "合格とした額": format_yen(found.amount),
    }


def report_completion(
    *, actor: Actor, contract: Contract, values: Mapping[str, Any]
) -> ContractPaper:
    """完了届 or 実績報告書, by the body; the prefecture inspects, or fixes the amount, after it."""
    with transaction.atomic():
        locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        paper = make_paper(
            actor=actor,
            contract=locked,
            kind=PaperKind.ACHIEVEMENT if contract.is_subsidy else PaperKind.COMPLETION,
            said=completion_content(values, work_so_far(locked)),
        )
        label = f"{contract.words.completion}を出す"
        _tell_of(actor, locked, paper, label, "contract.completion")
    return paper


def report_incident(
    *, actor: Actor, contract: Contract, values: Mapping[str, Any]
) -> ContractPaper:
    """事故報告書: an injury, a leak of personal data. Told at once; holds counts and no names."""
    with transaction.atomic():
        locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        paper = make_paper(
            actor=actor, contract=locked, kind=PaperKind.INCIDENT, said=incident_content(values)
        )
        _tell_of(actor, locked, paper, "事故を報告する", "contract.incident")
    return paper


def _tell_of(
    actor: Actor, contract: Contract, paper: ContractPaper, label: str, message: str
) -> None:
    record(
        actor,
        f"contractors.{paper.kind}",
        label,
        contract,
        article="要領2(2)",
        case_id=contract.case_id,
        data={"said": {"書類": str(paper)}},
        visibility=Visibility.ORGANISATION,
    )
    key = f"{message}:{paper.pk}"
    enqueue("notify", key, {"message": message, "pk": str(contract.pk), "key": key})


def declare_funding(
    *,
    actor: Actor,
    contract: Contract,
    stage: str,
    declared_on: date,
    items: Iterable[Mapping[str, Any]],
) -> FundingDeclaration:
    """要領4(3). Without items it says that no other money pays for these expenses."""
    with transaction.atomic():
        declaration = FundingDeclaration.objects.create(
            contract=contract,
            stage=stage,
            declared_on=declared_on,
            declared_by_id=actor.user_id,
            declared_by_name=actor.name,
        )
        made = FundingItem.objects.bulk_create(
            FundingItem(declaration=declaration, **item) for item in items
        )
        record(
            actor,
            "contractors.declare_funding",
            "他の資金を申告する",
            contract,
            article="要領4(3)",
            case_id=contract.case_id,
            data={
                "said": {
                    "時点": FundingStage(stage).label,
                    "他の資金": f"{len(made)}件" if made else "なし",
                }
            },
            visibility=Visibility.ORGANISATION,
        )
    return declaration
