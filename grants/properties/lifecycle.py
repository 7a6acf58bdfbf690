"""THE table of a property in the register. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from portal.access.api import Role
from portal.core.actor import Actor
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .models import Asset
from .register import is_asked_for
from .states import AssetState

DRAFTER = frozenset({Role.DRAFTER})
FORMS = "grants.properties.forms."


def _nothing_asked(asset: Asset, actor: Actor) -> Iterator[str]:
    if is_asked_for(asset):
        yield "この財産の処分の申請が、手続中です。"


def _never_approved(asset: Asset, actor: Actor) -> Iterator[str]:
    if asset.requests.filter(filing__state="decided").exists():
        yield "処分の承認を受けた財産です。記載は取り消せません。"


LIFECYCLE = Workflow(
    key="properties.asset",
    model="properties.Asset",
    states=AssetState,
    initial=AssetState.HELD,
    transitions=(
        Transition(
            "dispose",
            "処分を記録し、完了を報告する",
            (AssetState.HELD,),
            AssetState.DISPOSED,
            DRAFTER,
            "適正化法22条、施行令14条",
            guards=(_nothing_asked,),
            effects=(effects.dispose,),
            form=FORMS + "DisposeForm",
            notifies=("properties.disposed",),
            consequence="処分したことを台帳に記録し、内閣府に報告します。記録した後は、変えられません。",
        ),
        Transition(
            "strike",
            "台帳の記載を取り消す",
            (AssetState.HELD,),
            AssetState.STRUCK,
            DRAFTER,
            INTERNAL,
            guards=(_nothing_asked, _never_approved),
            effects=(effects.strike,),
            form=FORMS + "StrikeForm",
            consequence="誤って載せた財産を、台帳から外します。記載は取り消した理由とともに残ります。",
        ),
    ),
)
