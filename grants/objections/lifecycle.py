"""THE table of an objection. Read this first (適正化法25条, 施行令15条)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.desk.api import no_conflict
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .models import Objection
from .policy import DECIDERS, FILERS, HANDLERS, WRITERS
from .rules import dismissal_reasons, writing_reasons
from .states import ObjectionState, Way

FORMS = "grants.objections.forms."
OPINION = "適正化法25条2項"
S = ObjectionState


def _is_written(objection: Objection, actor: Actor) -> Iterator[str]:
    yield from writing_reasons(
        content=objection.content,
        reasons=objection.reasons,
        late_reason=objection.late_reason,
        count=objection.count,
        today=objection.first_day(timezone.localdate()),
    )


def _not_written_by(objection: Objection, actor: Actor) -> Iterator[str]:
    if any(actor.is_person(pk) for pk in objection.editors.values_list("pk", flat=True)):
        yield "申出を書いた人は、提出できません。ほかの決裁者に依頼してください。"


def _in_time(objection: Objection, actor: Actor) -> Iterator[str]:
    if objection.is_late_on(timezone.localdate()):
        yield "期限の後に届いた申出です。受理するかどうかは、決定権者が決めます。"


def _is_late(objection: Objection, actor: Actor) -> Iterator[str]:
    if not objection.is_late_on(timezone.localdate()):
        yield "期限内に届いた申出です。「受理する」を使ってください。"


def _may_be_dismissed(objection: Objection, actor: Actor) -> Iterator[str]:
    today = timezone.localdate()
    reason = dismissal_reasons(
        state=objection.state,
        is_late=objection.is_late_on(today),
        mend_due=objection.mend_due_on,
        today=today,
    )
    if reason:
        yield reason


def _not_of_the_act(objection: Objection, actor: Actor) -> Iterator[str]:
    """Four eyes: whose act it was does not judge what is said against it."""
    if actor.is_person(objection.act_decided_by_id):
        yield "不服のある処分をした人は、申出について決められません。ほかの決定権者に依頼してください。"


def _not_handled_by(objection: Objection, actor: Actor) -> Iterator[str]:
    if any(actor.is_person(pk) for pk in objection.handlers.values_list("pk", flat=True)):
        yield "受理や意見の記録をした人は、措置を決められません。ほかの決定権者に依頼してください。"


def _day_has_come(objection: Objection, actor: Actor) -> Iterator[str]:
    if objection.heard_on and timezone.localdate() < objection.heard_on:
        yield f"意見を述べる日（{day_with_weekday(objection.heard_on)}）が来ていません。"


def _in_writing(objection: Objection, actor: Actor) -> Iterator[str]:
    if objection.way != Way.WRITTEN:
        yield "意見は、面談又はオンライン会議で述べます。内閣府が記録します。"


_JUDGES = (_not_of_the_act, _not_handled_by, no_conflict)

OBJECTION_LIFECYCLE = Workflow(
    key="objections.objection",
    model="objections.Objection",
    states=ObjectionState,
    initial=S.DRAFTED,
    transitions=(
        Transition(
            "file",
            "不服を申し出る",
            (S.DRAFTED,),
            S.FILED,
            FILERS,
            effects.ARTICLE,
            guards=(_is_written, _not_written_by),
            effects=(effects.file,),
            notifies=("objection.filed",),
            consequence="不服申出書を作成し、内閣府へ提出します。到達した日で、期限内かどうかを判断します。",
            steps_up=True,
        ),
        Transition(
            "discard",
            "申出の案を取りやめる",
            (S.DRAFTED,),
            S.WITHDRAWN,
            WRITERS,
            INTERNAL,
            effects=(effects.discard,),
            form=FORMS + "ReasonForm",
            consequence="内閣府には知らせません。期限内であれば、もう一度書き始められます。",
            is_private=True,
            is_quiet=True,
        ),
        Transition(
            "ask_mend",
            "補正を求める",
            (S.FILED,),
            S.MENDING,
            HANDLERS,
            "適正化法施行令15条",
            guards=(no_conflict,),
            effects=(effects.ask_mend,),
            form=FORMS + "MendForm",
            notifies=("objection.mend",),
            consequence="補正を求める事項と期限を、団体に知らせます。",
        ),
        Transition(
            "mend",
            "補正して提出する",
            (S.MENDING,),
            S.FILED,
            FILERS,
            "適正化法施行令15条",
            guards=(_is_written, _not_written_by),
            effects=(effects.file,),
            notifies=("objection.filed",),
            consequence="補正した不服申出書を提出します。到達した日は、最初に提出した日のままです。",
            steps_up=True,
        ),
        Transition(
            "receive",
            "受理する",
            (S.FILED,),
            S.RECEIVED,
            HANDLERS,
            "適正化法25条1項",
            guards=(_in_time, no_conflict),
            effects=(effects.handle,),
            notifies=("objection.received",),
            consequence="期限内に届いた申出として受理し、意見を述べる機会の用意に進みます。",
        ),
        Transition(
            "receive_late",
            "遅れた申出を受理する",
            (S.FILED,),
            S.RECEIVED,
            DECIDERS,
            "適正化法施行令15条",
            guards=(_is_late, _not_of_the_act, no_conflict),
            effects=(effects.admit_late,),
            form=FORMS + "ReasonForm",
            notifies=("objection.received",),
            consequence="期限を過ぎたことにやむを得ない理由があると認め、受理します。",
            steps_up=True,
        ),
        Transition(
            "dismiss",
            "申出を受理しない",
            (S.FILED, S.MENDING),
            S.DISMISSED,
            DECIDERS,
            "適正化法施行令15条",
            guards=(_may_be_dismissed, *_JUDGES),
            effects=(effects.dismiss,),
            form=FORMS + "DismissForm",
            notifies=("objection.answered",),
            consequence="やむを得ない理由がない、又は期限までに補正されないとして、理由を付けて通知します。",
            steps_up=True,
        ),
        Transition(
            "invite",
            "意見を述べる機会を設ける",
            (S.RECEIVED,),
            S.INVITED,
            HANDLERS,
            OPINION,
            guards=(no_conflict,),
            effects=(effects.invite,),
            form=FORMS + "InviteForm",
            notifies=("objection.invited",),
            consequence="意見を述べる方法と日を、団体に知らせます。",
        ),
        Transition(
            "state_opinion",
            "書面で意見を述べる",
            (S.INVITED,),
            S.HEARD,
            FILERS,
            OPINION,
            guards=(_in_writing,),
            effects=(effects.state_opinion,),
            form=FORMS + "OpinionForm",
            notifies=("objection.heard",),
            consequence="意見を内閣府へ提出します。提出した後は、変えられません。",
            offered=lambda objection: objection.way == Way.WRITTEN,
        ),
        Transition(
            "record_opinion",
            "述べられた意見を記録する",
            (S.INVITED,),
            S.HEARD,
            HANDLERS,
            OPINION,
            guards=(_day_has_come, no_conflict),
            effects=(effects.record_opinion,),
            form=FORMS + "RecordForm",
            consequence="述べられた意見を記録し、措置の検討に進みます。意見がなかったときも、そのことを記録します。",
        ),
        Transition(
            "answer",
            "措置を決め、通知する",
            (S.HEARD,),
            S.DECIDED,
            DECIDERS,
            OPINION,
            guards=_JUDGES,
            effects=(effects.answer,),
            form=FORMS + "AnswerForm",
            notifies=("objection.answered",),
            consequence="措置とその理由を、通知書で団体に知らせます。処分を取り消し、又は変更するときは、"
            "続けてその処分を行ってください。",
            steps_up=True,
        ),
        Transition(
            "go_to_cabinet",
            "内閣への意見の申出を記録する",
            (S.DECIDED, S.DISMISSED),
            S.CABINET,
            FILERS,
            "適正化法25条3項",
            effects=(effects.go_to_cabinet,),
            form=FORMS + "CabinetForm",
            notifies=("objection.cabinet",),
            consequence="内閣へ意見を申し出たことを記録し、内閣府に知らせます。申出そのものは、文書で行います。",
        ),
        Transition(
            "end_at_cabinet",
            "内閣の結論を記録する",
            (S.CABINET,),
            S.CLOSED,
            DECIDERS,
            "適正化法25条3項",
            guards=(no_conflict,),
            effects=(effects.end_at_cabinet,),
            form=FORMS + "ReasonForm",
            notifies=("objection.ended",),
            consequence="内閣の結論を記録し、申出の手続を終えます。",
        ),
        Transition(
            "withdraw",
            "申出を取り下げる",
            (S.FILED, S.MENDING, S.RECEIVED, S.INVITED, S.HEARD),
            S.WITHDRAWN,
            FILERS,
            INTERNAL,
            effects=(effects.discard,),
            form=FORMS + "ReasonForm",
            notifies=("objection.withdrawn",),
            consequence="申出を取り下げます。期限内であれば、もう一度申し出ることができます。",
            steps_up=True,
            is_quiet=True,
        ),
    ),
)
