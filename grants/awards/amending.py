"""変更の承認と変更交付決定: a later decision on the plan and the amount of an award in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.filings.api import Filing, SealedVersion
from grants.programmes.api import Ledger
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.identifiers import DocumentNumber
from portal.core.money import format_yen
from portal.core.problems import Refused

from .models import Amendment, Award, Decision
from .rules import change_reasons
from .services import take_number
from .states import AwardState, DecisionKind


def decision_in_force(award: Award) -> Decision:
    """The act that put the plan in force: the last that stands. One query."""
    last = (
        Amendment.objects.standing()
        .filter(award=award)
        .select_related("decision__sealed", "decision__filing")
        .order_by("-created_at")
        .first()
    )
    if last is not None:
        return last.decision
    found: Decision = Decision.objects.select_related("sealed", "filing").get(pk=award.decision_id)
    return found


@dataclass(frozen=True, slots=True)
class Issue:
    """What every act has: number (None where the office lets the portal count) and its two days."""

    number: DocumentNumber | None
    decided_on: date
    issued_on: date

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Issue:
        """What `NumberedForm` gives."""
        return cls(data["document_number"], data["decided_on"], data["issued_on"])

    def demand_order(self) -> None:
        if self.issued_on < self.decided_on:
            raise Refused(["施行日は、決裁日以後の日付にしてください。"])


def approve_change(
    *,
    actor: Actor,
    filing: Filing,
    sealed: SealedVersion,
    award: Award,
    amount: int,
    paid: int,
    reason: str,
    issue: Issue,
    conditions: list[dict[str, str]],
) -> Decision:
    """Puts the changed plan in force and decides `amount` yen in all (適正化法7条, 8条).

    Within what the changed plan comes to and the year's budget, whatever runs at once; not below
    `paid`, what was paid already. Call inside the transition's transaction, the filing locked, with
    what `lock_award` gave. Raises Refused with every reason against it.
    """
    issue.demand_order()
    ledger = Ledger.objects.get(programme_id=award.programme_id)
    reasons = [
        *_against_amount(sealed, award, ledger, amount, paid, reason),
        *_against_plan(filing, sealed, award),
    ]
    if reasons:
        raise Refused(reasons)
    decision = _decide(
        actor,
        filing,
        sealed,
        issue,
        kind=DecisionKind.CHANGE,
        amount=amount,
        ceiling=int(sealed.content["amounts"]["g"]),
        modification_reason=reason,
        legal_basis="適正化法7条1項、8条",
        conditions=conditions,
    )
    ledger.decided += amount - int(award.amount)
    ledger.save(update_fields=["decided"])
    _put_in_force(filing, decision, award)
    return decision


def _against_amount(
    sealed: SealedVersion, award: Award, ledger: Ledger, amount: int, paid: int, reason: str
) -> Iterator[str]:
    content = sealed.content["amounts"]
    yield from change_reasons(
        amount,
        ceiling=int(content["g"]),
        applied=int(content["i"]),
        budget=award.programme.terms().budget,
        others=ledger.decided + ledger.promised - int(award.amount),
        paid=paid,
        before=int(award.amount),
        reason=reason,
    )


def _against_plan(filing: Filing, sealed: SealedVersion, award: Award) -> Iterator[str]:
    if award.state != AwardState.IN_FORCE:
        yield "交付決定が効力を持っていないため、変更を承認できません。"
    if award.revision_id != filing.plan_revision.based_on_id:
        yield "この申請の後に、計画が変わっています。承認できません。"
    # A revocation of a part lowers the amount and leaves the plan as it is.
    told = int(sealed.content["decision"]["amount"])
    if told != award.amount:
        yield (
            f"この申請の後に、交付決定額が{format_yen(told)}から{format_yen(award.amount)}に"
            "変わっています。差し戻して、いまの額から書き直してもらってください。"
        )


def _put_in_force(filing: Filing, decision: Decision, award: Award) -> None:
    made = Amendment.objects.create(
        award=award,
        decision=decision,
        amount_before=award.amount,
        amount_after=decision.amount,
        revision_before_id=award.revision_id,
        revision_after_id=filing.revision_id,
    )
    award.amount, award.revision_id = made.amount_after, made.revision_after_id
    award.version += 1
    award.save(update_fields=["amount", "revision", "version"])


def refuse_change(
    *,
    actor: Actor,
    filing: Filing,
    sealed: SealedVersion,
    reason: str,
    issue: Issue,
    legal_basis: str = "適正化法7条1項",
) -> Decision:
    """不承認, with its reason; what is in force stays as it is."""
    issue.demand_order()
    return _decide(
        actor,
        filing,
        sealed,
        issue,
        kind=DecisionKind.DECLINE,
        reason=reason,
        legal_basis=legal_basis,
    )


def approve_stop(
    *,
    actor: Actor,
    filing: Filing,
    sealed: SealedVersion,
    award: Award,
    ends: bool,
    issue: Issue,
    conditions: list[dict[str, str]],
) -> Decision:
    """中止 or, where it `ends`, 廃止 of the work (適正化法7条1項4号); amount and plan stay as they are.

    The report on a 廃止 is due from the day of the approval (14条). Call with what `lock_award`
    gave; raises Refused for an award that is not in force.
    """
    issue.demand_order()
    if award.state != AwardState.IN_FORCE:
        raise Refused(["交付決定が効力を持っていないため、承認できません。"])
    decision = _decide(
        actor,
        filing,
        sealed,
        issue,
        kind=DecisionKind.STOP,
        amount=award.amount,
        ceiling=award.amount,
        legal_basis="適正化法7条1項4号",
        conditions=conditions,
    )
    if ends:
        award.discontinued_on = issue.issued_on
        award.version += 1
        award.save(update_fields=["discontinued_on", "version"])
    return decision


def permit_disposal(
    *,
    actor: Actor,
    filing: Filing,
    sealed: SealedVersion,
    returned: int,
    ceiling: int,
    reason: str,
    issue: Issue,
    conditions: list[dict[str, str]],
) -> Decision:
    """財産の処分 (適正化法22条), with `returned` yen to the treasury, at most `ceiling`.

    `reason` says why it is another amount than was computed. Raises Refused.
    """
    issue.demand_order()
    if returned > ceiling:
        raise Refused(
            [f"国庫に納付する額は、取得価額（{format_yen(ceiling)}）以下にしてください。"]
        )
    return _decide(
        actor,
        filing,
        sealed,
        issue,
        kind=DecisionKind.DISPOSAL,
        amount=returned,
        ceiling=ceiling,
        modification_reason=reason,
        legal_basis="適正化法22条",
        conditions=conditions,
    )


def permit_carryover(
    *,
    actor: Actor,
    filing: Filing,
    sealed: SealedVersion,
    national: int,
    reason: str,
    issue: Issue,
    conditions: list[dict[str, str]],
) -> Decision:
    """繰越し of `national` yen (適正化法7条1項5号, 財政法43条), within what was asked for.

    `reason` says why it is less. Amount and plan of the award stay as they are. Raises Refused.
    """
    issue.demand_order()
    return _decide(
        actor,
        filing,
        sealed,
        issue,
        kind=DecisionKind.CARRYOVER,
        amount=national,
        ceiling=int(sealed.content["amounts"]["i"]),
        modification_reason=reason,
        legal_basis="適正化法7条1項5号、財政法43条",
        conditions=conditions,
    )


def _decide(
    actor: Actor, filing: Filing, sealed: SealedVersion, issue: Issue, **said: object
) -> Decision:
    office = Organisation.objects.get(pk=actor.organisation_id)
    made: Decision = Decision.objects.create(
        filing=filing,
        sealed=sealed,
        document_number=take_number(office, issue.number, issue.issued_on, filing.pk),
        decided_on=issue.decided_on,
        issued_on=issue.issued_on,
        decided_by_id=actor.user_id,
        decided_by_name=actor.name,
        **said,
    )
    return made
