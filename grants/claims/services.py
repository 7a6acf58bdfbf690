"""Writing a 請求, remembering the account, and what may still be claimed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from grants.awards.api import Award, AwardState, lock_award
from grants.carryovers.api import standing_of, years_carried
from grants.contractors.api import ContractLine, InvoiceKind, InvoiceLine, InvoiceState
from grants.filings.api import Filing
from grants.payments.api import PaymentKind, ceiling_of, fixed_of, net_paid
from portal.audit.api import Visibility, already_recorded, record
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.core.problems import Refused, Stale
from portal.outbox.api import enqueue

from .models import Account, Claim, ClaimMonth, ClaimPayment, ClaimRest
from .rules import Contracted, claim_reasons, contracted_by_month, months_of


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be claimed under an award, in yen: `reserved` is asked for by other open claims.

    `closed` is not payable today: it was carried into a year that has not begun, or its year is over;
    `because` says which, as sentences.
    """

    ceiling: int
    is_fixed: bool
    paid: int
    reserved: int
    closed: int = 0
    because: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        return max(0, self.ceiling - self.paid - self.reserved - self.closed)


def limit_of(award: Award, besides: UUID | None = None) -> Limit:
    """Without the claim of the filing `besides`."""
    others = Claim.objects.filter(award=award).exclude(pk=besides)
    ceiling, paid, today = ceiling_of(award), net_paid(award), timezone.localdate()
    standing = standing_of(award)
    closed = standing.closed(today, ceiling - paid)
    because = tuple(standing.closed_reasons(today)) if closed else ()
    is_fixed = fixed_of(award) is not None
    return Limit(ceiling, is_fixed, paid, others.total_left(), closed, because)


def against_claiming(claim: Claim) -> list[str]:
    """Every reason for which this amount cannot be claimed now."""
    limit = limit_of(claim.award, besides=claim.pk)
    reasons = []
    if claim.award.state != AwardState.IN_FORCE:
        reasons.append("交付決定が効力を持っていないため、請求できません。")
    reasons += claim_reasons(
        claim.amount,
        left=limit.left,
        is_final=claim.is_final,
        is_fixed=limit.is_fixed,
        closed=limit.because,
    )
    return reasons


def demand_left(claim: Claim) -> None:
    """Never above what is left, whatever runs at once: the award's row is the lock.

    Call inside a transaction. Raises Refused with every reason.
    """
    claim.award = lock_award(claim.award)
    reasons = against_claiming(claim)
    if reasons:
        raise Refused(reasons)


def start_claim(*, actor: Actor, award: Award) -> Filing:
    """One in writing at a time; a second click finds it. 精算払 once the amount is fixed.

    Begins with the account of the body's last claim, to be looked at. Raises Refused for an award
    that is not in force, or with nothing left to claim.
    """
    with transaction.atomic():
        locked = lock_award(award)
        going = Claim.objects.on_their_way().filter(award=locked).select_related("filing").first()
        if going is not None:
            found: Filing = going.filing
            return found
        if locked.state != AwardState.IN_FORCE:
            raise Refused(["交付決定が効力を持っていないため、請求を書き始められません。"])
        limit = limit_of(locked)
        if not limit.left:
            raise Refused(
                [
                    *limit.because,
                    "請求できる残りがありません。支払済みの額と請求中の額を確かめてください。",
                ]
            )
        filing = Filing.objects.create(
            kind="claim", programme_id=locked.programme_id, grantee_id=locked.grantee_id
        )
        account = last_account(locked.grantee_id)
        claim = Claim.objects.create(
            filing=filing,
            award=locked,
            kind=_kind_of(limit),
            account=account,
            account_is_copied=account is not None,
        )
        _make_months(claim)
        record(
            actor,
            "filings.claim.start",
            "概算払（精算払）の請求を書き始める",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return filing


def _kind_of(limit: Limit) -> str:
    return PaymentKind.FINAL if limit.is_fixed else PaymentKind.ADVANCE


def last_account(grantee_id: Any) -> Account | None:
    """Of the claim that the body filed last, of whatever year."""
    filed = Claim.objects.filter(award__grantee_id=grantee_id).exclude(account=None)
    filed = filed.exclude(filing__first_submitted_at=None).select_related("account")
    last = filed.order_by("-filing__submitted_at").first()
    return last.account if last is not None else None


def draw_claim_again(*, claim: Claim) -> None:
    """Brings kind and contracts' months up to their records while the claim is with its writers."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if not filing.is_with_writers:
            return
        kind = _kind_of(limit_of(claim.award, besides=claim.pk))
        if claim.kind != kind:
            claim.kind = kind
            claim.save(update_fields=["kind"])
        drawn = _drawn(claim.award, [row.month for row in claim.months.all()])
        changed = [row for row in claim.months.all() if row.contracted != drawn[row.month]]
        for row in changed:
            row.contracted = drawn[row.month]
        ClaimMonth.objects.bulk_update(changed, ["contracted"])


def _make_months(claim: Claim) -> None:
    award = claim.award
    year, carried = award.programme.fiscal_year, years_carried(award)
    months = months_of(year, award.decision.decided_on, carried)
    drawn = _drawn(award, months)
    ClaimMonth.objects.bulk_create(
        ClaimMonth(claim=claim, month=month, contracted=drawn[month]) for month in months
    )


def _drawn(award: Award, months: list[date]) -> Mapping[date, int]:
    """Yen by month from the contracts' own records. Two queries."""
    paid: dict[UUID, dict[date, int]] = {}
    of_award = ContractLine.objects.of_year(award.grantee_id, award.programme.fiscal_year)
    lines = InvoiceLine.objects.filter(
        contract_line__in=of_award, invoice__state=InvoiceState.PAID
    ).values_list("contract_line__contract_id", "invoice__paid_on", "invoice__kind", "amount")
    for contract, day, kind, amount in lines:
        by_month = paid.setdefault(contract, {})
        assert day is not None  # a paid one has its day
        month = day.replace(day=1)
        signed = -amount if kind == InvoiceKind.RETURN else amount
        by_month[month] = by_month.get(month, 0) + signed
    contracts = of_award.order_by().values(
        "contract_id", "contract__ends_on", "contract__terminated_on"
    )
    found = (
        Contracted(
            int(one["charged"]),
            min(one["contract__ends_on"], one["contract__terminated_on"] or date.max),
            paid.get(one["contract_id"], {}),
        )
        for one in contracts.annotate(charged=Sum("amount"))
    )
    return contracted_by_month(found, months, timezone.localdate())


_ACCOUNT = ("bank_code", "bank_name", "branch_code", "branch_name", "kind", "number", "holder")


def save_claim(
    *,
    actor: Actor,
    claim: Claim,
    seen_version: int,
    amount: int | None,
    reason: str,
    account: Mapping[str, str] | None,
    rows: Mapping[UUID, Mapping[str, Any]],
) -> Claim:
    """`account` is None while it is not whole. No Event: it is a draft.

    Saving is looking: an account that was copied is the claim's own from then on. Raises Stale when
    somebody saved it first, Refused once it is out of the writers' hands.
    """
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if not filing.is_with_writers:
            raise Refused(["いまは変更できません。戻ってから直します。"])
        locked: Claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        locked.amount, locked.reason = amount, reason
        locked.account = _kept(actor, locked, account)
        locked.account_is_copied = False
        locked.version += 1
        locked.save(update_fields=["amount", "reason", "account", "account_is_copied", "version"])
        stored = list(locked.months.filter(uid__in=rows))
        for row in stored:
            row.direct, row.purpose = rows[row.uid]["direct"], rows[row.uid]["purpose"]
        ClaimMonth.objects.bulk_update(stored, ["direct", "purpose"])
        locked.editors.add(actor.user_id)  # type: ignore[arg-type]  # a person types
    return locked


def _kept(actor: Actor, claim: Claim, account: Mapping[str, str] | None) -> Account | None:
    """The row that says so already, or a new one."""
    if account is None:
        return None
    given = {name: account[name] for name in _ACCOUNT}
    grantee_id = claim.award.grantee_id
    same = Account.objects.filter(grantee_id=grantee_id, **given).order_by("entered_at").first()
    found: Account = same or Account.objects.create(
        grantee_id=grantee_id, entered_by_id=actor.user_id, **given
    )
    return found


def link_payment(*, claim: Claim, payment: Any) -> None:
    """Says which claim a payment answered. Call in the transaction that records the payment."""
    ClaimPayment.objects.create(claim=claim, payment=payment)


def give_up_rest(
    *, actor: Actor, claim: Claim, reason: str, request_key: UUID | None = None
) -> ClaimRest:
    """The body no longer asks for what is left of a claim that was paid in part.

    What it gives up may be claimed again while the award allows it. A second click with the same
    key finds the first. Raises Refused for a claim that was not paid, or of which nothing is left.
    """
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        lock_award(claim.award)
        earlier = already_recorded("claims.give_up", filing.pk, request_key)
        if earlier is not None:
            return ClaimRest.objects.filter(claim_id=claim.pk).latest("given_up_at")
        waiting: Claim | None = Claim.objects.to_pay().filter(pk=claim.pk).first()
        if waiting is None:
            raise Refused(["この請求には、支払を待つ残りがありません。"])
        if not waiting.paid:
            raise Refused(
                ["まだ支払われていない請求です。内閣府に差戻しを依頼し、請求額を直してください。"]
            )
        made: ClaimRest = ClaimRest.objects.create(
            claim=waiting,
            amount=waiting.left,
            reason=reason,
            given_up_by_id=actor.user_id,
            given_up_by_name=actor.name,
        )
        record(
            actor,
            "claims.give_up",
            "請求の残りを取りやめる",
            filing,
            case_id=filing.case_id,
            data={"said": {"取りやめた額": format_yen(made.amount), "理由": reason}},
            request_key=request_key,
        )
        key = f"claims.given_up:{made.pk}"
        enqueue("notify", key, {"message": "claims.given_up", "pk": str(filing.pk), "key": key})
    return made
