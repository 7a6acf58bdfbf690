"""Writing an inquiry and reminding those who owe an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.outbox.api import enqueue

from .models import Inquiry
from .states import InquiryState


def write_inquiry(
    *, actor: Actor, title: str, text: str, due_at: datetime, grantees: Iterable[Organisation]
) -> Inquiry:
    """A draft, which the office alone sees."""
    with transaction.atomic():
        inquiry = Inquiry.objects.create(
            title=title, text=text, due_at=due_at, written_by_id=actor.user_id
        )
        inquiry.grantees.set(grantees)
        _record(actor, "inquiries.write", "照会を書く", inquiry)
    return inquiry


def edit_inquiry(
    *,
    actor: Actor,
    inquiry: Inquiry,
    seen_version: int,
    title: str,
    text: str,
    due_at: datetime,
    grantees: Iterable[Organisation],
) -> None:
    """Raises Stale when somebody saved first, Refused once it was sent."""
    with transaction.atomic():
        locked = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if locked.state != InquiryState.DRAFT:
            raise Refused(["送った照会は変えられません。"])
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        locked.title, locked.text, locked.due_at = title, text, due_at
        locked.version += 1
        locked.save(update_fields=["title", "text", "due_at", "version"])
        locked.grantees.set(grantees)
        _record(actor, "inquiries.edit", "下書きの照会を直す", locked)


def against_reminding(inquiry: Inquiry) -> list[str]:
    reasons = []
    if inquiry.state != InquiryState.OPEN:
        reasons.append("照会中のものではありません。")
    elif not inquiry.replies.owed().exists():
        reasons.append("まだ答えていない団体はありません。")
    if inquiry.reminded_on == timezone.localdate():
        reasons.append("今日はすでに催促しています。明日以後に、もう一度できます。")
    return reasons


def remind(*, actor: Actor, inquiry: Inquiry) -> int:
    """Tells every body that owes an answer; returns how many. Raises Refused; once a day at most."""
    with transaction.atomic():
        locked = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        reasons = against_reminding(locked)
        if reasons:
            raise Refused(reasons)
        today = timezone.localdate()
        locked.reminded_on = today
        locked.save(update_fields=["reminded_on"])
        count: int = locked.replies.owed().count()
        key = f"inquiry.reminder:{locked.pk}:{today.isoformat()}"
        enqueue("notify", key, {"message": "inquiry.reminder", "pk": str(locked.pk), "key": key})
        record(
            actor,
            "inquiries.remind",
            "回答を催促する",
            locked,
            data={"said": {"催促した団体": f"{count}団体"}},
            visibility=Visibility.ORGANISATION,
        )
    return count


def _record(actor: Actor, verb: str, label: str, inquiry: Inquiry) -> None:
    record(actor, verb, label, inquiry, visibility=Visibility.ORGANISATION)
