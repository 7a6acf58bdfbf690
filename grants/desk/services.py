"""Sharing out the work: assigning, reminding, conflicts of interest, and acts on many filings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from grants.filings.api import (
    WITH_REVIEWERS,
    Filing,
    FilingState,
    SealedVersion,
    changes,
    latest_version,
    previous_version,
)
from portal.access.api import Role
from portal.accounts.api import Membership, Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Denied, Refused
from portal.outbox.api import enqueue
from portal.workflow.api import blocking_reasons, perform, workflow_of

from .models import Batch, CaseFacts, Conflict, Reminder, SavedFilter
from .rules import outside_of
from .states import Act

_MAY_BE_ASSIGNED = WITH_REVIEWERS - {FilingState.REVIEWED} | {FilingState.RETURNED}


# ---- Assigning -----------------------------------------------------------------------------------


def reviewers() -> Any:
    """The Cabinet Office's 審査担当 in force, by name."""
    return (
        Membership.objects.in_force()
        .filter(role=Role.REVIEWER)
        .select_related("user", "organisation")
        .order_by("user__name", "id")
    )


def against_assigning(filing: Filing, to: Membership) -> list[str]:
    """Every reason for which this filing cannot be given to this person now."""
    reasons = []
    if filing.state not in _MAY_BE_ASSIGNED:
        reasons.append(
            f"「{filing.get_state_display()}」の申請です。割り当てるのは、審査が終わるまでです。"
        )
    if filing.reviewer_id == to.user_id:
        reasons.append(f"すでに{to.user.name}さんが担当しています。")
    declared = Conflict.objects.standing().filter(user_id=to.user_id, grantee_id=filing.grantee_id)
    if declared.exists():
        reasons.append(f"{to.user.name}さんは、{filing.grantee.name}との利害関係を申し出ています。")
    return reasons


def assign(*, actor: Actor, filing: Filing, to: Membership, reason: str = "") -> Filing:
    """Gives the filing to one of the 審査担当. Raises Refused with every reason against it."""
    with transaction.atomic():
        locked = _locked(filing.pk, actor)
        reasons = against_assigning(locked, to)
        if reasons:
            raise Refused(reasons)
        before = locked.reviewer.name if locked.reviewer else "なし"
        locked.reviewer = to.user
        locked.save(update_fields=["reviewer"])
        said = {"審査担当": f"{before}から{to.user.name}へ"}
        record(
            actor,
            "desk.assign",
            "審査担当を割り当てる",
            locked,
            article="適正化法6条",
            case_id=locked.case_id,
            data={"said": {**said, "理由": reason} if reason else said},
            visibility=Visibility.ORGANISATION,
        )
    return locked


def _locked(pk: Any, actor: Actor) -> Filing:
    """The filing as this actor may see it, locked. Raises Http404."""
    found = Filing.objects.for_user(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# ---- Reminding -----------------------------------------------------------------------------------


def against_reminding(filing: Filing) -> list[str]:
    if filing.state != FilingState.RETURNED:
        return [f"「{filing.get_state_display()}」の申請です。催促するのは、差戻し中のものです。"]
    if filing.reminders.filter(sent_on=timezone.localdate()).exists():
        return ["今日はすでに催促しています。明日以後に、もう一度できます。"]
    return []


def remind(*, actor: Actor, filing: Filing) -> None:
    """Tells the prefecture that its answer is awaited. Raises Refused; at most once a day."""
    with transaction.atomic():
        locked = _locked(filing.pk, actor)
        reasons = against_reminding(locked)
        if reasons:
            raise Refused(reasons)
        today = timezone.localdate()
        Reminder.objects.create(filing=locked, sent_on=today, sent_by_id=actor.user_id)
        key = f"desk.reminder:{locked.pk}:{today.isoformat()}"
        enqueue("notify", key, {"message": "desk.reminder", "pk": str(locked.pk), "key": key})
        record(
            actor,
            "desk.remind",
            "差戻しへの回答を催促する",
            locked,
            article="適正化法6条",
            case_id=locked.case_id,
        )


# ---- Conflicts of interest -----------------------------------------------------------------------


def declare_conflict(*, actor: Actor, grantee: Organisation, reason: str) -> Conflict:
    """For oneself alone. Raises Refused when it is declared already."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                conflict = Conflict.objects.create(
                    user_id=actor.user_id, grantee=grantee, reason=reason
                )
        except IntegrityError:
            raise Refused([f"{grantee.name}との利害関係は、すでに申し出ています。"]) from None
        record(
            actor,
            "desk.conflict.declare",
            "利害関係を申し出る",
            conflict,
            data={"said": {"団体": grantee.name, "内容": reason}},
            visibility=Visibility.ORGANISATION,
        )
    return conflict


def end_conflict(*, actor: Actor, conflict: Conflict, reason: str) -> None:
    """Raises Denied for somebody else's, Refused when it has ended."""
    if not actor.is_person(conflict.user_id):
        raise Denied(["ほかの人の申出は取り下げられません。"])
    with transaction.atomic():
        locked = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
        if locked.ended_at is not None:
            raise Refused(["この申出は、すでに取り下げられています。"])
        locked.ended_at, locked.end_reason = timezone.now(), reason
        locked.save(update_fields=["ended_at", "end_reason"])
        record(
            actor,
            "desk.conflict.end",
            "利害関係の申出を取り下げる",
            conflict,
            data={"said": {"団体": conflict.grantee.name, "理由": reason}},
            visibility=Visibility.ORGANISATION,
        )


# ---- Saved filters -------------------------------------------------------------------------------


def keep_filter(*, actor: Actor, name: str, query: str) -> None:
    """Under a name of one's own; the same name again replaces it. No Event: it is a bookmark."""
    SavedFilter.objects.update_or_create(
        user_id=actor.user_id, name=name, defaults={"query": query}
    )


def drop_filter(*, actor: Actor, saved: SavedFilter) -> None:
    SavedFilter.objects.for_user(actor).filter(pk=saved.pk).delete()


# ---- What the desk counts ------------------------------------------------------------------------


def count_version(filing: Filing) -> None:
    """After a version was sealed: its warnings, and what changed outside the points of the return."""
    sealed = latest_version(filing)
    if sealed is None:
        return
    judged = sealed.content.get("judgements", ())
    CaseFacts.objects.update_or_create(
        filing=filing,
        defaults={
            "warnings": sum(one["state"] == "warning" for one in judged),
            "changed_outside": len(_changed_outside(filing, sealed)),
        },
    )


def _changed_outside(filing: Filing, sealed: SealedVersion) -> list[str]:
    earlier = previous_version(sealed)
    if earlier is None:
        return []
    changed = changes(earlier.content["sections"], sealed.content["sections"])
    told = filing.items.exclude(told_at=None).values_list("address", flat=True)
    return outside_of((change.address for change in changed), told)


def count_return(filing: Filing) -> None:
    facts, _ = CaseFacts.objects.select_for_update().get_or_create(filing=filing)
    facts.returns += 1
    facts.save(update_fields=["returns"])


# ---- Acts on many --------------------------------------------------------------------------------


def against(act: str, filing: Filing, actor: Actor, to: Membership | None) -> list[str]:
    """Why this act would not be done to this filing, before it is tried."""
    if act == Act.ASSIGN:
        return against_assigning(filing, to) if to is not None else []
    if act == Act.REMIND:
        return against_reminding(filing)
    row = workflow_of(filing)["begin_review"]
    if filing.state not in row.sources:
        return [f"「{filing.get_state_display()}」の申請です。始めるのは、提出済みのものです。"]
    return list(blocking_reasons(row, filing, actor))


def run_batch(
    *,
    actor: Actor,
    key: UUID,
    act: str,
    filings: Iterable[Filing],
    to: Membership | None = None,
    reason: str = "",
) -> Batch:
    """One transaction for each filing; what one refuses does not stop the next. `key` runs once."""
    batch, is_first = Batch.objects.get_or_create(
        pk=key, defaults={"act": act, "asked_by_id": actor.user_id}
    )
    if not is_first:
        return batch
    do = _doer(actor, act, to, reason)
    for filing in filings:
        # Kept one by one: what was done before a process died can be read.
        batch.results.append(_tried(filing, do))
        batch.save(update_fields=["results"])
    batch.finished_at = timezone.now()
    batch.save(update_fields=["finished_at"])
    return batch


def _doer(actor: Actor, act: str, to: Membership | None, reason: str) -> Callable[[Filing], object]:
    if act == Act.REMIND:
        return lambda filing: remind(actor=actor, filing=filing)
    if act == Act.BEGIN:
        return lambda filing: perform(
            Filing, filing.pk, "begin_review", actor, data={"no_conflict": True}
        )
    if to is None:
        raise Refused(["審査担当を選んでください。"])
    return lambda filing: assign(actor=actor, filing=filing, to=to, reason=reason)


def _tried(filing: Filing, do: Callable[[Filing], object]) -> dict[str, Any]:
    reasons: tuple[str, ...] = ()
    try:
        do(filing)
    except Denied as refusal:
        reasons = refusal.reasons
    except Http404:
        reasons = ("申請が見つかりません。",)
    return {
        "filing": str(filing.pk),
        "label": str(filing),
        "is_done": not reasons,
        "reasons": list(reasons),
    }
