"""Choosing what is inspected in a year, and drawing a sample for a visit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction

from grants.awards.api import Award
from grants.contractors.api import Contract
from grants.filings.api import canonical, digest
from inspections.visits.api import Visit, of_team
from portal.audit.api import INTERNAL, Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused

from .models import Draw, Target
from .policy import DRAWABLE
from .population import Entry
from .rules import Design, design_reasons, draw

ARTICLE = "適正化法23条1項、要領5(1)"


def draw_sample(
    *, actor: Actor, visit: Visit, entries: Sequence[Entry], design: Design, seed: str = ""
) -> Draw:
    """Kept with all that is needed to draw it again; without a seed the portal makes one.

    An earlier draw of the visit stays beside it: nobody draws until the sample suits them unseen.
    Raises Refused for a stranger to the team, a visit whose results are out, or such a design.
    """
    lines = [one.line for one in entries]
    with transaction.atomic():
        locked = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
        reasons = [*of_team(locked, actor), *design_reasons(lines, design)]
        if locked.state not in DRAWABLE:
            reasons.append("検査の結果を通知する前だけ、抽出できます。")
        if reasons:
            raise Refused(reasons)
        used = seed.strip() or secrets.token_hex(8)
        text = canonical(
            {
                "form": "draw/1",
                "lines": [[one.key, one.words, one.amount] for one in entries],
                "largest": design.largest,
                "count": design.count,
                "by_amount": design.by_amount,
                "seed": used,
                "drawn": [one.key for one in draw(lines, design, used)],
            }
        )
        made = Draw.objects.create(
            visit=locked,
            number=Draw.objects.filter(visit=locked).count() + 1,
            largest=design.largest,
            count=design.count,
            by_amount=design.by_amount,
            seed=used,
            payload=text,
            sha256=digest(text),
            drawn_by_id=actor.user_id,
            drawn_by_name=actor.name,
        )
        record(
            actor,
            "sampling.draw",
            "検査する支出を抽出する",
            locked,
            article=ARTICLE,
            data={"said": {"方法": made.method, "もとの支出": f"{len(entries)}件"}},
            visibility=Visibility.ORGANISATION,
        )
    return made


def choose_target(*, actor: Actor, award: Award, contract: Contract | None, reason: str) -> Target:
    """Raises Refused without a reason, for another award's contract, or what is chosen already."""
    reasons = []
    if not reason.strip():
        reasons.append("選んだ理由を入力してください。")
    if contract is not None and contract.award_id != award.pk:
        reasons.append("この交付決定による契約を選んでください。")
    with transaction.atomic():
        # The second of two clicks waits here, and is then told.
        Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
        if Target.objects.filter(award=award, contract=contract).exists():
            reasons.append("すでに年間計画に入っています。")
        if reasons:
            raise Refused(reasons)
        made = Target.objects.create(
            award=award, contract=contract, reason=reason, chosen_by_name=actor.name
        )
        _record(actor, "sampling.choose", "検査の年間計画に入れる", made)
    return made


def drop_target(*, actor: Actor, target: Target) -> None:
    with transaction.atomic():
        _record(actor, "sampling.drop", "検査の年間計画から外す", target)
        target.delete()


def _record(actor: Actor, verb: str, label: str, target: Target) -> None:
    record(
        actor,
        verb,
        label,
        target.award,
        article=INTERNAL,
        data={"said": {"対象": str(target), "理由": target.reason}},
        visibility=Visibility.ORGANISATION,
    )
