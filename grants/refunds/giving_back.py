"""払い戻し: what was paid above a lowered order goes back to the body, and the record says when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.core.problems import Refused
from portal.outbox.api import enqueue

from .models import GivingBack, Lowering
from .rules import ARTICLE
from .services import running_order


def record_giving_back(
    *, actor: Actor, lowering: Lowering, paid_on: date, reference: str = ""
) -> GivingBack:
    """All of `lowering.over` yen, as the accounts have it; the body is told.

    The second of two clicks finds what the first recorded. Raises Refused for a day that cannot be
    and where nothing goes back.
    """
    with transaction.atomic():
        order = running_order(lowering.order, actor)
        known = GivingBack.objects.filter(lowering=lowering, undone_at=None).first()
        if known is not None and (known.paid_on, known.reference) == (paid_on, reference):
            return known
        reasons = list(_against(lowering, paid_on, is_given=known is not None))
        if reasons:
            raise Refused(reasons)
        made: GivingBack = GivingBack.objects.create(
            lowering=lowering,
            paid_on=paid_on,
            reference=reference,
            recorded_by_id=actor.user_id,
            recorded_by_name=actor.name,
        )
        key = f"refunds.given_back:{made.pk}"
        enqueue("notify", key, {"message": "refunds.given_back", "pk": str(made.pk), "key": key})
        record(
            actor,
            "refunds.give_back",
            "払い戻しを記録する",
            order,
            article=ARTICLE[order.ground],
            case_id=order.case_id,
            data={
                "said": {
                    "払い戻した額": format_yen(lowering.over),
                    "払い戻した日": day_with_weekday(paid_on),
                    "減額の文書番号": lowering.document_number,
                }
            },
        )
    return made


def _against(lowering: Lowering, paid_on: date, *, is_given: bool) -> Iterator[str]:
    if not lowering.over:
        yield "多く納付された額がないので、払い戻すものはありません。"
    if is_given:
        yield "払い戻しは、すでに記録されています。誤りのときは、先にその記録を取り消してください。"
    if paid_on > timezone.localdate():
        yield "払い戻した日は、今日以前の日付にしてください。"
    if paid_on < lowering.issued_on:
        yield f"払い戻した日は、減額を決めた日（{day_with_weekday(lowering.issued_on)}）以後の日付にしてください。"


def undo_giving_back(*, actor: Actor, giving: GivingBack, reason: str) -> None:
    """The record was wrong; it stays readable. Raises Refused when it was taken back already."""
    with transaction.atomic():
        order = running_order(giving.lowering.order, actor)
        kept: GivingBack = GivingBack.objects.select_for_update(of=("self",)).get(pk=giving.pk)
        if kept.undone_at is not None:
            raise Refused(["この払い戻しの記録は、すでに取り消されています。"])
        kept.undone_at, kept.undo_reason = timezone.now(), reason
        kept.save(update_fields=["undone_at", "undo_reason"])
        record(
            actor,
            "refunds.undo_giving_back",
            "払い戻しの記録を取り消す",
            order,
            case_id=order.case_id,
            data={"said": {"払い戻した日": day_with_weekday(kept.paid_on), "理由": reason}},
        )
