"""Deciding within ceiling and budget, numbering, approving ⑩."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone

from grants.filings.api import Filing, SealedVersion
from grants.programmes.api import Ledger
from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.dates import FiscalYear
from portal.core.identifiers import DocumentNumber, read_document_number
from portal.core.problems import Refused

from .models import Amendment, Award, Decision, OfficeNumber, OtherActivityApproval
from .promises import promise_of, release_promise
from .rules import amount_reasons
from .states import AwardState, DecisionKind
from .withdrawals import Withdrawal, reasons_to_stand


def already_decided(filing: Filing) -> int:
    """Column H in yen: what decisions of the year in force gave this body."""
    own = Award.objects.filter(programme_id=filing.programme_id, grantee_id=filing.grantee_id)
    decided: int = own.in_force().total()
    return decided


def take_number(
    organisation: Organisation, typed: DocumentNumber | None, on: date, subject_id: Any
) -> str:
    """Keeps a typed number, or counts the next where the office lets the portal count.

    Raises Refused for a number already used this fiscal year, and for none where one is needed.
    """
    year = FiscalYear.of(on)
    if typed is None:
        if not organisation.counts_numbers:
            raise Refused(["文書番号を入力してください。"])
        typed = _next_number(organisation, year)
    try:
        with transaction.atomic():
            OfficeNumber.objects.create(
                organisation=organisation,
                fiscal_year=year,
                key=typed.key,
                shown=typed.original,
                number=typed.number,
                subject_id=str(subject_id),
            )
    except IntegrityError:
        raise Refused(
            [
                f"文書番号「{typed.original}」は、この年度にもう使われています。番号を確認してください。"
            ]
        ) from None
    return typed.original


def used_numbers(
    organisation: Organisation, on: date, numbers: Sequence[DocumentNumber]
) -> list[str]:
    """Those that the office used already in the fiscal year of that day. One query."""
    used = set(
        OfficeNumber.objects.filter(
            organisation=organisation,
            fiscal_year=FiscalYear.of(on),
            key__in=[number.key for number in numbers],
        ).values_list("key", flat=True)
    )
    return [number.original for number in numbers if number.key in used]


def _next_number(organisation: Organisation, year: int) -> DocumentNumber:
    """The organisation's row is the lock: two decisions never count the same number."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    used = OfficeNumber.objects.filter(organisation=organisation, fiscal_year=year)
    last = used.aggregate(last=Max("number"))["last"] or 0
    symbol = organisation.document_symbol.removesuffix("第")
    number = read_document_number(f"{symbol}第{last + 1}号").value
    if number is None:
        raise Refused(["組織の設定で、文書記号（例：府孤推第）を入力してください。"])
    return number


def decide(
    *,
    actor: Actor,
    filing: Filing,
    sealed: SealedVersion,
    amount: int,
    modification_reason: str,
    number: DocumentNumber | None,
    decided_on: date,
    issued_on: date,
    conditions: list[dict[str, str]],
    conditions_reason: str = "",
) -> Decision:
    """交付の決定 (適正化法6条–8条): within column I and the year's budget, whatever runs at once.

    Call inside the transition's transaction: the filing is locked, then the year's ledger, the
    award that it amends, and the number.
    """
    ceiling = int(sealed.content["amounts"]["i"])
    budget = filing.programme.terms().budget
    ledger = Ledger.objects.select_for_update().get(programme_id=filing.programme_id)
    award = _award_to_amend(filing)
    promised = promise_of(filing)
    reasons = list(
        amount_reasons(
            amount,
            ceiling=ceiling,
            applied=ceiling,
            budget=budget,
            decided=ledger.decided + ledger.promised - promised,
            reason=modification_reason,
        )
    )
    reasons.extend(_against_deciding(award, decided_on, issued_on))
    if reasons:
        raise Refused(reasons)
    office = Organisation.objects.get(pk=actor.organisation_id)
    decision = Decision.objects.create(
        kind=DecisionKind.GRANT,
        filing=filing,
        sealed=sealed,
        document_number=take_number(office, number, issued_on, filing.pk),
        decided_on=decided_on,
        issued_on=issued_on,
        amount=amount,
        ceiling=ceiling,
        modification_reason=modification_reason,
        legal_basis="適正化法6条1項" if amount == ceiling else "適正化法6条3項",
        conditions=conditions,
        conditions_reason=conditions_reason,
        decided_by_id=actor.user_id,
        decided_by_name=actor.name,
    )
    ledger.decided += amount
    ledger.promised -= promised
    ledger.save(update_fields=["decided", "promised"])
    release_promise(filing)
    _put_in_force(filing, decision, award)
    return decision


def _against_deciding(award: Award | None, decided_on: date, issued_on: date) -> Iterator[str]:
    if issued_on < decided_on:
        yield "施行日は、決裁日以後の日付にしてください。"
    if award is not None and award.discontinued_on is not None:
        yield "事業の廃止が承認されているため、追加の交付を決定できません。"


def _award_to_amend(filing: Filing) -> Award | None:
    """Locked. None before the first decision of the year."""
    own = Award.objects.filter(programme_id=filing.programme_id, grantee_id=filing.grantee_id)
    found: Award | None = own.in_force().select_for_update(of=("self",)).first()
    return found


def _put_in_force(filing: Filing, decision: Decision, award: Award | None) -> None:
    """The first decision of the year founds the award; each later one amends it."""
    if award is None:
        Award.objects.create(
            programme_id=filing.programme_id,
            grantee_id=filing.grantee_id,
            decision=decision,
            revision_id=filing.revision_id,
            amount=decision.amount,
        )
        return
    made = Amendment.objects.create(
        award=award,
        decision=decision,
        amount_before=award.amount,
        amount_after=award.amount + decision.amount,
        revision_before_id=award.revision_id,
        revision_after_id=filing.revision_id,
    )
    award.amount, award.revision_id = made.amount_after, made.revision_after_id
    award.version += 1
    award.save(update_fields=["amount", "revision", "version"])


def decline(
    *,
    actor: Actor,
    filing: Filing,
    sealed: SealedVersion,
    reason: str,
    number: DocumentNumber | None,
    decided_on: date,
    issued_on: date,
) -> Decision:
    """不交付, always with its reason."""
    if issued_on < decided_on:
        raise Refused(["施行日は、決裁日以後の日付にしてください。"])
    ledger = Ledger.objects.select_for_update().get(programme_id=filing.programme_id)
    ledger.promised -= promise_of(filing)
    ledger.save(update_fields=["promised"])
    release_promise(filing)
    office = Organisation.objects.get(pk=actor.organisation_id)
    return Decision.objects.create(
        kind=DecisionKind.DECLINE,
        filing=filing,
        sealed=sealed,
        document_number=take_number(office, number, issued_on, filing.pk),
        decided_on=decided_on,
        issued_on=issued_on,
        reason=reason,
        legal_basis="適正化法6条",
        decided_by_id=actor.user_id,
        decided_by_name=actor.name,
    )


def later_decision(decision: Decision) -> bool:
    """Whether a decision that still stands was built on this one: that one is withdrawn first."""
    amendment = Amendment.objects.filter(decision=decision).first()
    if amendment is None:
        return Amendment.objects.standing().filter(award__decision=decision).exists()
    later = Amendment.objects.standing().filter(award_id=amendment.award_id)
    return later.filter(created_at__gt=amendment.created_at).exists()


def undo(decision: Decision) -> None:
    """適正化法9条2項: the decision is deemed never to have been; its money is free again.

    The award goes back to what it was before. Raises Refused while a later decision, a payment or
    a 取消し stands on it.
    """
    filing = decision.filing
    ledger = Ledger.objects.select_for_update().get(programme_id=filing.programme_id)
    if later_decision(decision):
        raise Refused(["後の回の交付決定があります。先に、後の回の申請を取り下げてください。"])
    amendment = Amendment.objects.filter(decision=decision).first()
    touched = Q(decision=decision) if amendment is None else Q(pk=amendment.award_id)
    award = Award.objects.select_for_update(of=("self",)).get(touched)
    left = 0 if amendment is None else int(amendment.amount_before)
    reasons = reasons_to_stand(Withdrawal(award, decision, left))
    if reasons:
        raise Refused(reasons)
    ledger.decided -= decision.amount
    ledger.save(update_fields=["decided"])
    if amendment is None:
        award.state = AwardState.WITHDRAWN
        award.save(update_fields=["state"])
        return
    amendment.undone_at = timezone.now()
    amendment.save(update_fields=["undone_at"])
    award.amount, award.revision_id = left, amendment.revision_before_id
    award.version += 1
    award.save(update_fields=["amount", "revision", "version"])


def lock_award(award: Award) -> Award:
    """The year's ledger, then the award: whoever changes both takes them in this order."""
    Ledger.objects.select_for_update().get(programme_id=award.programme_id)
    locked: Award = (
        Award.objects.select_for_update(of=("self",))
        .select_related("programme", "grantee", "decision")
        .get(pk=award.pk)
    )
    return locked


def lower_award(award: Award, amount: int) -> None:
    """取消し (適正化法10条, 17条): what is left in yen, 0 for nothing; the rest is free again.

    Call with what `lock_award` gave.
    """
    ledger = Ledger.objects.get(programme_id=award.programme_id)
    ledger.decided -= award.amount - amount
    ledger.save(update_fields=["decided"])
    award.amount = amount
    award.version += 1
    if amount == 0:
        award.state = AwardState.REVOKED
    award.save(update_fields=["amount", "version", "state"])


def approve_other_activity(
    *,
    actor: Actor,
    filing: Filing,
    activity_uid: Any,
    number: DocumentNumber | None,
    approved_on: date,
    reason: str,
) -> OtherActivityApproval:
    """⑩その他内閣府が必要と認める取組 (要領3(2)⑩): the finding, with number and date."""
    with transaction.atomic():
        office = Organisation.objects.get(pk=actor.organisation_id)
        shown = take_number(office, number, approved_on, activity_uid)
        approval = OtherActivityApproval.objects.create(
            filing=filing,
            activity_uid=activity_uid,
            document_number=shown,
            approved_on=approved_on,
            reason=reason,
            approved_by_id=actor.user_id,
        )
        record(
            actor,
            "awards.approve_other",
            "⑩を必要と認める",
            approval,
            article="要領3(2)⑩",
            case_id=filing.pk,
            data={"said": {"文書番号": shown, "理由": reason}},
        )
    return approval
