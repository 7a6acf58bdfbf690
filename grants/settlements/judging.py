"""Examining a 実績報告 line by line: verdicts, lines picked for a closer look, what came of them."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from grants.filings.api import (
    Filing,
    FilingState,
    SealedVersion,
    against_handling,
    latest_version,
    remember_reviewer,
)
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused

from .examining import ExaminedLine, examined_lines
from .models import LineDraw, LineSample, LineVerdict
from .rules import draw_reasons, drawn, look_reasons, verdict_reasons
from .states import Verdict


def judge_line(
    *,
    actor: Actor,
    filing: Filing,
    line_uid: UUID,
    verdict: str,
    cut: int | None = None,
    reason: str = "",
    clause: str = "",
    looked_at: str = "",
    outcome: str = "",
) -> None:
    """An examiner's finding on one line of the latest version. Raises Refused where it cannot stand.

    抽出 picks the line for a closer look; of a picked line `looked_at` and `outcome` say what was looked
    at and what came of it. No Event: findings are a draft until the review ends; 額の確定 seals them.
    """
    with transaction.atomic():
        line = _demand_line(filing, actor, line_uid)
        reasons = list(verdict_reasons(verdict, cut, reason, clause, total=line.total))
        if line.sample is not None:
            reasons += look_reasons(verdict, looked_at, outcome)
            if verdict == Verdict.SAMPLED:
                reasons.append("この明細は、すでに抽出しています。")
        if reasons:
            raise Refused(reasons)
        if verdict == Verdict.SAMPLED:
            _pick(actor, filing, [line_uid], reason=reason)
            return
        if line.sample is not None and looked_at.strip() and outcome.strip():
            _look(actor, line.sample, line, looked_at, outcome)
        _keep(actor, filing, line, verdict, cut or 0, reason, clause)


def draw_lines(*, actor: Actor, filing: Filing, count: int) -> LineDraw:
    """Picks `count` of the eligible lines that nobody picked yet, by a seed that the portal makes.

    Raises Refused for a number that cannot be drawn.
    """
    with transaction.atomic():
        sealed = _demand_examining(filing, actor)
        lines = examined_lines(filing, sealed)
        population = [one.uid for one in lines if one.is_eligible and one.sample is None]
        reasons = list(draw_reasons(len(population), count))
        if reasons:
            raise Refused(reasons)
        draw = LineDraw.objects.create(
            filing=filing,
            seed=secrets.token_hex(8),
            population=[str(uid) for uid in population],
            count=count,
            drawn_by_id=actor.user_id,
            drawn_by_name=actor.name,
        )
        _pick(actor, filing, drawn(population, count, draw.seed), draw=draw)
        record(
            actor,
            "settlements.draw",
            "詳しく確かめる明細を抽出する",
            filing,
            article="適正化法15条",
            case_id=filing.case_id,
            data={"said": {"件数": str(draw), "種": draw.seed}},
            visibility=Visibility.ORGANISATION,
        )
    return draw


def _pick(
    actor: Actor,
    filing: Filing,
    uids: list[UUID],
    *,
    reason: str = "",
    draw: LineDraw | None = None,
) -> None:
    LineSample.objects.bulk_create(
        LineSample(
            filing=filing,
            line_uid=uid,
            draw=draw,
            reason=reason,
            picked_by_id=actor.user_id,
            picked_by_name=actor.name,
        )
        for uid in uids
    )


def _look(
    actor: Actor, sample: LineSample, line: ExaminedLine, looked_at: str, outcome: str
) -> None:
    sample.looked_at, sample.outcome = looked_at, outcome
    sample.looked_total = line.total
    sample.looked_by_id, sample.looked_by_name = actor.user_id, actor.name
    sample.looked_on = timezone.now()
    sample.save()


def accept_the_rest(*, actor: Actor, filing: Filing) -> int:
    """Accepts every eligible line that nothing was found of yet and nobody picked; how many."""
    with transaction.atomic():
        sealed = _demand_examining(filing, actor)
        open_lines = [one for one in examined_lines(filing, sealed) if not one.is_settled]
        left = [one for one in open_lines if not one.verdict]
        for line in left:
            _keep(actor, filing, line, Verdict.ACCEPTED, 0, "", "")
    return len(left)


def _demand_examining(filing: Filing, actor: Actor) -> SealedVersion:
    locked = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    if locked.state != FilingState.UNDER_REVIEW:
        raise Refused(["明細は、審査中の実績報告だけ審査できます。"])
    reasons = tuple(against_handling(locked, actor))
    if reasons:
        raise Refused(reasons)
    remember_reviewer(locked, actor)
    sealed = latest_version(locked)
    assert sealed is not None  # the state says that one was submitted
    return sealed


def _demand_line(filing: Filing, actor: Actor, uid: UUID) -> ExaminedLine:
    sealed = _demand_examining(filing, actor)
    line = next((one for one in examined_lines(filing, sealed) if one.uid == uid), None)
    if line is None:
        raise Refused(["その明細は、この版にありません。画面を開き直してください。"])
    if not line.is_eligible:
        raise Refused(["対象外の経費は、審査の対象ではありません。"])
    return line


def _keep(
    actor: Actor,
    filing: Filing,
    line: ExaminedLine,
    verdict: str,
    cut: int,
    reason: str,
    clause: str,
) -> LineVerdict:
    found, _ = LineVerdict.objects.update_or_create(
        filing=filing,
        line_uid=line.uid,
        defaults={
            "verdict": verdict,
            "total": line.total,
            "cut": cut if verdict == Verdict.CUT else 0,
            "reason": "" if verdict == Verdict.ACCEPTED else reason,
            "clause": clause if verdict == Verdict.CUT else "",
            "judged_by_id": actor.user_id,
            "judged_by_name": actor.name,
        },
    )
    return found
