"""THE table of a link. Read this first."""

from portal.access.api import Role
from portal.core.actor import SYSTEM_ROLE
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects, guards
from .states import LinkState as S

ASKERS = frozenset({Role.RESPONSIBLE, Role.DRAFTER})
DRAFTER = frozenset({Role.DRAFTER})
SYSTEM = frozenset({SYSTEM_ROLE})
ARTICLE = "要領2(2)、委託契約（再委託の事前の承諾）"
FORMS = "grants.subcontracts.forms."

LIFECYCLE = Workflow(
    key="subcontracts.link",
    model="subcontracts.Subcontract",
    states=S,
    initial=S.DRAFT,
    transitions=(
        Transition(
            "request",
            "承諾を求める",
            (S.DRAFT, S.SENT_BACK),
            S.REQUESTED,
            ASKERS,
            ARTICLE,
            guards=(guards.by_its_writer, guards.chain_stands, guards.terms_met),
            effects=(effects.lock_contract, effects.keep_request),
            notifies=("link.requested",),
            consequence="都道府県に、再委託の承諾を求めます。承諾があるまで、業務を行わせないでください。",
        ),
        Transition(
            "consent",
            "再委託を承諾する",
            (S.REQUESTED,),
            S.CONSENTED,
            DRAFTER,
            ARTICLE,
            guards=(guards.chain_stands, guards.all_met),
            effects=(
                effects.lock_contract,
                effects.judge_consent,
                effects.take_place,
                effects.keep_consent,
            ),
            form=FORMS + "ConsentForm",
            notifies=("link.consented",),
            consequence="承諾書を作成し、契約の相手方に知らせます。再委託先が行う業務についても、都道府県が責任を負います。",
        ),
        Transition(
            "send_back",
            "差し戻す",
            (S.REQUESTED,),
            S.SENT_BACK,
            DRAFTER,
            INTERNAL,
            effects=(effects.keep_answer,),
            form=FORMS + "AnswerForm",
            notifies=("link.sent_back",),
            consequence="理由とともに戻します。承諾を求めた側は、内容を直せるようになります。",
        ),
        Transition(
            "refuse",
            "承諾しない",
            (S.REQUESTED,),
            S.REFUSED,
            DRAFTER,
            ARTICLE,
            effects=(effects.keep_answer,),
            form=FORMS + "AnswerForm",
            notifies=("link.refused",),
            consequence="この再委託を承諾しません。理由は、契約の相手方に知らせます。",
        ),
        Transition(
            "withdraw",
            "承諾願を取り下げる",
            (S.DRAFT, S.REQUESTED, S.SENT_BACK),
            S.WITHDRAWN,
            ASKERS,
            INTERNAL,
            guards=(guards.by_its_writer,),
            effects=(effects.keep_answer,),
            form=FORMS + "AnswerForm",
            consequence="この再委託は行いません。記録は残ります。",
            is_quiet=True,
        ),
        Transition(
            "revoke",
            "承諾を取り消す",
            (S.CONSENTED,),
            S.REVOKED,
            DRAFTER,
            ARTICLE,
            effects=(effects.keep_answer, effects.keep_revocation),
            form=FORMS + "RevokeForm",
            notifies=("link.revoked",),
            consequence="この再委託と、その下の再委託の承諾が終わります。"
            "再委託先の人は、活動実績を入力できなくなります。",
        ),
        Transition(
            "supersede",
            "変更の承諾に代える",
            (S.CONSENTED,),
            S.SUPERSEDED,
            SYSTEM,
            ARTICLE,
            effects=(effects.keep_replacement,),
        ),
        Transition(
            "end",
            "再委託を終える",
            (S.DRAFT, S.REQUESTED, S.SENT_BACK, S.CONSENTED),
            S.ENDED,
            SYSTEM,
            ARTICLE,
            effects=(effects.keep_end,),
        ),
    ),
)
