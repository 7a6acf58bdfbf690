"""Drawing a sample for a visit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction

from grants.filings.api import canonical, digest
from inspections.visits.api import Visit, of_team
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused

from .models import Draw
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
