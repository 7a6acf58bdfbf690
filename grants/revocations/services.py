"""Revoking a decision, whole or in part; also after 額の確定 (適正化法17条3項)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from grants.awards.api import Award, AwardState, appeal_due, lock_award, lower_award, take_number
from grants.desk.api import no_conflict
from grants.filings.api import canonical, digest
from grants.payments.api import ceiling_of
from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.identifiers import DocumentNumber
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.documents.api import request_document
from portal.outbox.api import enqueue

from .models import Revocation
from .rules import ARTICLES, revocation_reasons
from .states import RevocationGround


def revoke(
    *,
    actor: Actor,
    award: Award,
    ground: str,
    after: int,
    provision: str,
    reason: str,
    number: DocumentNumber | None,
    decided_on: date,
    issued_on: date,
) -> Revocation:
    """`after` is what is left of the amount decided or fixed, in yen; 0 revokes the whole.

    Raises Refused with every reason against it, and for an award that is not in force.
    """
    with transaction.atomic():
        locked = lock_award(award)
        reasons = list(
            revocation_reasons(
                before=int(locked.amount),
                ceiling=ceiling_of(locked),
                after=after,
                provision=provision,
                reason=reason,
                decided_on=decided_on,
                issued_on=issued_on,
            )
        )
        reasons.extend(no_conflict(locked, actor))
        if locked.state != AwardState.IN_FORCE:
            reasons.append("効力のある交付決定だけ、取り消せます。")
        if reasons:
            raise Refused(reasons)
        office = Organisation.objects.get(pk=actor.organisation_id)
        shown = take_number(office, number, issued_on, f"x:{locked.pk}")
        text = _text(locked, ground, after, provision, reason, shown, issued_on)
        made = Revocation.objects.create(
            award=locked,
            ground=ground,
            before=locked.amount,
            after=after,
            provision=provision,
            reason=reason,
            document_number=shown,
            decided_on=decided_on,
            issued_on=issued_on,
            payload=text,
            sha256=digest(text),
            decided_by_id=actor.user_id,
            decided_by_name=actor.name,
        )
        lower_award(locked, after)
        _tell(actor, made, office)
    return made


def _text(
    award: Award,
    ground: str,
    after: int,
    provision: str,
    reason: str,
    number: str,
    issued_on: date,
) -> str:
    """What the notice says, for ever."""
    terms = award.programme.terms()
    names = ("year_label", "official_name", "project_name", "addressee")
    return canonical(
        {
            "form": "revocation/1",
            "terms": {name: getattr(terms, name) for name in names},
            "grantee": award.grantee.name,
            "document_number": number,
            "issued_on": issued_on.isoformat(),
            "decision": {
                "number": award.decision.document_number,
                "issued_on": award.decision.issued_on.isoformat(),
            },
            "ground": ground,
            "before": int(award.amount),
            "after": after,
            "provision": provision,
            "reason": reason,
            "appeal_days": terms.appeal_days,
            "appeal_until": appeal_due(timezone.localdate(), terms).day.isoformat(),
        }
    )


def _tell(actor: Actor, made: Revocation, office: Organisation) -> None:
    """The paper, the message, and last the Event, in the case of the award."""
    request_document(
        kind="notice_of_revocation",
        title=f"決定取消通知書（{made.document_number}）",
        subject=made,
        payload_hash=made.sha256,
        issuer=office,
        readers=[made.grantee, office],
        case_id=made.case_id,
        is_filed=True,
    )
    key = f"revocations.revoked:{made.pk}"
    enqueue("notify", key, {"message": "revocations.revoked", "pk": str(made.pk), "key": key})
    record(
        actor,
        "revocations.revoke",
        "交付の決定を取り消す",
        made,
        article=ARTICLES[RevocationGround(made.ground)],
        case_id=made.case_id,
        data={
            "said": {
                "取消し前の額": format_yen(made.before),
                "取消し後の額": format_yen(made.after),
                "文書番号": made.document_number,
                "理由": made.reason,
            }
        },
    )
