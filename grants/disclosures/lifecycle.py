"""THE table of a request for disclosure. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.actor import SYSTEM_ROLE, Actor
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .files import undecided_files
from .masking import parts_of, undecided
from .models import DisclosureRequest
from .policy import DECIDERS, HANDLERS
from .rules import readiness_reasons
from .states import BundleState, RequestState

FORMS = "grants.disclosures.forms."
S = RequestState


def _is_ready(request: DisclosureRequest, actor: Actor) -> Iterator[str]:
    parts = parts_of(request)
    yield from readiness_reasons(
        picked=len(parts),
        undecided=len(undecided(request, parts)),
        files=undecided_files(request),
    )


def _not_prepared_by(request: DisclosureRequest, actor: Actor) -> Iterator[str]:
    if any(actor.is_person(pk) for pk in request.editors.values_list("pk", flat=True)):
        yield "開示の対象や隠す語句を決めた人は、決定できません。ほかの決定権者に依頼してください。"


def _not_extended(request: DisclosureRequest, actor: Actor) -> Iterator[str]:
    if request.extension_reason:
        yield "期限は、もう延長しています。"


DISCLOSURE_LIFECYCLE = Workflow(
    key="disclosures.request",
    model="disclosures.DisclosureRequest",
    states=RequestState,
    initial=S.PREPARING,
    transitions=(
        Transition(
            "propose",
            "開示の決定を求める",
            (S.PREPARING,),
            S.PROPOSED,
            HANDLERS,
            INTERNAL,
            guards=(_is_ready,),
            effects=(effects.prepare,),
            consequence="開示の対象と隠す語句を決め、決定権者に回します。",
            is_private=True,
        ),
        Transition(
            "send_back",
            "担当に戻す",
            (S.PROPOSED,),
            S.PREPARING,
            DECIDERS,
            INTERNAL,
            effects=(effects.send_back,),
            form=FORMS + "ReasonForm",
            consequence="開示の対象と隠す語句を、もう一度決めてもらいます。",
            is_private=True,
        ),
        Transition(
            "extend",
            "期限を延長する",
            (S.PREPARING,),
            S.PREPARING,
            DECIDERS,
            "情報公開法10条2項",
            guards=(_not_extended,),
            effects=(effects.extend,),
            form=FORMS + "ReasonForm",
            consequence="事務処理上の困難その他正当な理由により、期限を延長します。請求した人への通知は、別に行います。",
            is_private=True,
        ),
        Transition(
            "disclose",
            "開示を決定する",
            (S.PROPOSED,),
            S.DISCLOSED,
            DECIDERS,
            "情報公開法9条1項",
            guards=(_is_ready, _not_prepared_by),
            effects=(effects.disclose,),
            form=FORMS + "DiscloseForm",
            consequence="隠す語句を除いた文章から、開示する文書（PDF）を作成し、開示するファイルを確定します。決定の後は、変えられません。",
            steps_up=True,
            is_private=True,
        ),
        Transition(
            "refuse",
            "不開示を決定する",
            (S.PREPARING, S.PROPOSED),
            S.REFUSED,
            DECIDERS,
            "情報公開法9条2項",
            guards=(_not_prepared_by,),
            effects=(effects.refuse,),
            form=FORMS + "RefuseForm",
            consequence="全部を開示しないことを、理由を付けて決定します。",
            steps_up=True,
            is_private=True,
        ),
    ),
)

_SYSTEM = frozenset({SYSTEM_ROLE})

# The worker moves it; who wants another asks for a new one.
BUNDLE_LIFECYCLE = Workflow(
    key="disclosures.bundle",
    model="disclosures.Bundle",
    states=BundleState,
    initial=BundleState.QUEUED,
    transitions=(
        Transition(
            "finish",
            "開示するファイルをまとめ終える",
            (BundleState.QUEUED,),
            BundleState.READY,
            _SYSTEM,
            INTERNAL,
            is_private=True,
        ),
        Transition(
            "fail",
            "開示するファイルの作成をやめる",
            (BundleState.QUEUED,),
            BundleState.FAILED,
            _SYSTEM,
            INTERNAL,
            is_private=True,
        ),
    ),
)
