"""Beginning a change, writing why, and recording 流用."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from grants.awards.api import Award, lock_award
from grants.filings.api import Filing, FilingState
from grants.plans.api import amend_plan, remember_editor
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen
from portal.core.problems import Refused, Stale
from portal.outbox.api import enqueue

from .models import ChangeRequest, Reallocation
from .moves import Standing, moved_by_line, standing_of
from .rules import move_reasons
from .stops import against_changing

_ARTICLE = "適正化法7条1項1号（軽微な変更）"


def start_change(*, actor: Actor, award: Award) -> Filing:
    """A change of the plan in force, one at a time; a second click finds the first.

    It begins as a copy with the 流用 since the last decision in it. Raises Refused where the plan
    cannot be changed any more, and while an application of a later round is on its way.
    """
    with transaction.atomic():
        locked = lock_award(award)
        going = ChangeRequest.objects.on_their_way().filter(award=locked)
        existing = going.select_related("filing").first()
        if existing is not None:
            return existing.filing
        reasons = against_changing(locked)
        if applies_again(locked):
            reasons.append(
                "追加の申請が、まだ決定していません。決定か取下げの後に、変更を申請してください。"
            )
        if reasons:
            raise Refused(reasons)
        standing = standing_of(locked)
        revision = amend_plan(
            actor=actor, revision=locked.revision, moved=moved_by_line(standing.moves)
        )
        filing = Filing.objects.create(
            kind="change",
            programme_id=locked.programme_id,
            grantee_id=locked.grantee_id,
            revision=revision,
        )
        ChangeRequest.objects.create(filing=filing, award=locked, amount=locked.amount)
        record(
            actor,
            "filings.change.start",
            "変更の申請を始める",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return filing


def applies_again(award: Award) -> bool:
    """An application of a later round is on its way."""
    closed = (FilingState.DECIDED, FilingState.DECLINED, FilingState.WITHDRAWN)
    own = Filing.objects.of_kind("application").filter(
        programme_id=award.programme_id, grantee_id=award.grantee_id
    )
    return bool(own.exclude(state__in=closed).exists())


def save_request(
    *,
    actor: Actor,
    change: ChangeRequest,
    seen_version: int,
    reason: str,
    effect: str,
    amount: int,
) -> ChangeRequest:
    """Why the plan changes, and the amount asked for in yen. No Event: it is a draft.

    Raises Stale when somebody saved it first, Refused once it is out of the writers' hands.
    """
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=change.pk)
        if not filing.is_with_writers:
            raise Refused(["いまは変更できません。戻ってから直します。"])
        locked: ChangeRequest = ChangeRequest.objects.select_for_update(of=("self",)).get(
            pk=change.pk
        )
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        locked.reason, locked.effect, locked.amount = reason, effect, amount
        locked.version += 1
        locked.save(update_fields=["reason", "effect", "amount", "version"])
        remember_editor(filing.plan_revision, actor)
    return locked


def reallocate(
    *,
    actor: Actor,
    award: Award,
    source: UUID,
    target: UUID,
    amount: int,
    moved_on: date,
    reason: str,
) -> Reallocation:
    """予算流用 within 軽微な変更, which needs no approval; the office is told of it.

    `amount` in yen. The award's row is the lock, so that two records never go over together. Raises
    Refused with every reason: where the cumulated 流用 need approval, with the computation.
    """
    with transaction.atomic():
        locked = lock_award(award)
        standing = standing_of(locked)
        reasons = against_moving(standing, source, target, amount, moved_on, reason)
        if reasons:
            raise Refused(reasons)
        lines = {line.uid: line for line in standing.lines}
        made: Reallocation = Reallocation.objects.create(
            award=locked,
            decision=standing.decision,
            source_uid=source,
            source=lines[source].label,
            target_uid=target,
            target=lines[target].label,
            amount=amount,
            moved_on=moved_on,
            reason=reason,
            recorded_by_id=actor.user_id,
            recorded_by_name=actor.name,
        )
        key = f"changes.moved:{made.pk}"
        enqueue("notify", key, {"message": "changes.moved", "pk": str(made.pk), "key": key})
        said = {
            "流用元": made.source,
            "流用先": made.target,
            "額": format_yen(amount),
            "流用した日": day_with_weekday(moved_on),
            "理由": reason,
        }
        _record(actor, made, "changes.reallocate", "予算の流用を記録する", said)
    return made


def against_moving(
    standing: Standing, source: UUID, target: UUID, amount: int, moved_on: date, reason: str
) -> list[str]:
    lines = {line.uid: line for line in standing.lines}
    reasons = against_changing(standing.award)
    if standing.award.changes.on_their_way().exists():
        reasons.append("変更の申請の手続中です。流用は、その申請に含めてください。")
    if applies_again(standing.award):
        reasons.append("追加の申請の手続中です。流用は、その申請に含めてください。")
    if moved_on > timezone.localdate():
        reasons.append("流用した日は、今日以前の日付にしてください。")
    if moved_on < standing.decision.decided_on:
        reasons.append(
            f"流用した日は、決定の日（{day_with_weekday(standing.decision.decided_on)}）以後の日付に"
            "してください。"
        )
    reasons.extend(move_reasons(lines.get(source), lines.get(target), amount, reason))
    if reasons:
        return reasons
    finding = standing.finding([(source, target, amount)])
    if finding.is_needed:
        reasons.append("この流用には、変更の承認が要ります。変更の申請をしてください。")
        reasons.extend(need.text for need in finding.needs)
    return reasons


def undo_reallocation(*, actor: Actor, reallocation: Reallocation, reason: str) -> None:
    """A wrong record is taken back and stays readable. Raises Refused where it counts no longer."""
    with transaction.atomic():
        locked_award = lock_award(reallocation.award)
        locked: Reallocation = Reallocation.objects.select_for_update(of=("self",)).get(
            pk=reallocation.pk
        )
        reasons = against_changing(locked_award)
        standing = standing_of(locked_award)
        if locked.undone_at is not None:
            reasons.append("この記録は、もう取り消されています。")
        elif locked.decision_id != standing.decision.pk:
            reasons.append("後の決定で計画が変わったため、この記録は取り消せません。")
        elif locked_award.changes.on_their_way().exists():
            reasons.append("変更の申請の手続中です。この流用は、申請に含まれています。")
        elif _leaves_less(standing, locked):
            reasons.append(
                "流用先の残りより多いため、取り消せません。先に、後の流用を取り消してください。"
            )
        elif _leaves_too_much(standing, locked):
            reasons.append(
                "取り消すと、残る流用に変更の承認が要ることになります。先に、ほかの流用を取り消すか、"
                "変更の申請をしてください。"
            )
        if reasons:
            raise Refused(reasons)
        locked.undone_at, locked.undo_reason = timezone.now(), reason
        locked.save(update_fields=["undone_at", "undo_reason"])
        said = {"流用": f"{locked}", "額": format_yen(locked.amount), "理由": reason}
        _record(actor, locked, "changes.undo_reallocation", "流用の記録を取り消す", said)


def _leaves_too_much(standing: Standing, one: Reallocation) -> bool:
    """Of records that offset each other, the one that is left alone may pass the limit."""
    rest = tuple(move for move in standing.moves if move.pk != one.pk)
    return bool(replace(standing, moves=rest).finding().is_needed)


def _leaves_less(standing: Standing, one: Reallocation) -> bool:
    left = next((line.amount for line in standing.lines if line.uid == one.target_uid), 0)
    return left < one.amount


def _record(
    actor: Actor, made: Reallocation, action: str, label: str, said: dict[str, Any]
) -> None:
    record(
        actor,
        action,
        label,
        made,
        article=_ARTICLE,
        case_id=made.case_id,
        data={"said": said},
    )
