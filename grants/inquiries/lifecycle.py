"""THE tables of an inquiry and of each body's reply. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.desk.api import no_conflict
from portal.core.actor import Actor
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .models import Inquiry, Reply
from .policy import ANSWERERS, ASKERS
from .states import InquiryState, ReplyState

FORMS = "grants.inquiries.forms."


def _has_bodies(inquiry: Inquiry, actor: Actor) -> Iterator[str]:
    if not inquiry.grantees.exists():
        yield "照会先を選んでください。"


def _due_to_come(inquiry: Inquiry, actor: Actor) -> Iterator[str]:
    if inquiry.due_at <= timezone.now():
        yield "回答の期限が過ぎています。先の日時に直してください。"


def _is_open(reply: Reply, actor: Actor) -> Iterator[str]:
    if reply.inquiry.state != InquiryState.OPEN:
        yield "この照会は終わっています。"


INQUIRY_LIFECYCLE = Workflow(
    key="inquiries.inquiry",
    model="inquiries.Inquiry",
    states=InquiryState,
    initial=InquiryState.DRAFT,
    transitions=(
        Transition(
            "ask",
            "照会する",
            (InquiryState.DRAFT,),
            InquiryState.OPEN,
            ASKERS,
            INTERNAL,
            guards=(_has_bodies, _due_to_come),
            effects=(effects.ask,),
            notifies=("inquiry.asked",),
            consequence="照会先の起案者と決裁者に、お知らせとメールを送ります。"
            "送った後は、内容と照会先を変えられません。",
        ),
        Transition(
            "prolong",
            "期限を延ばす",
            (InquiryState.OPEN,),
            InquiryState.OPEN,
            ASKERS,
            INTERNAL,
            effects=(effects.prolong,),
            form=FORMS + "ProlongForm",
            notifies=("inquiry.prolonged",),
            consequence="まだ答えていない団体に、新しい期限をお知らせします。",
        ),
        Transition(
            "close",
            "照会を終える",
            (InquiryState.OPEN,),
            InquiryState.CLOSED,
            ASKERS,
            INTERNAL,
            effects=(effects.close,),
            consequence="回答を締め切ります。まだ答えていない団体は、答えられなくなります。",
        ),
    ),
)

REPLY_LIFECYCLE = Workflow(
    key="inquiries.reply",
    model="inquiries.Reply",
    states=ReplyState,
    initial=ReplyState.WAITING,
    transitions=(
        Transition(
            "answer",
            "回答する",
            (ReplyState.WAITING, ReplyState.SENT_BACK),
            ReplyState.ANSWERED,
            ANSWERERS,
            INTERNAL,
            guards=(_is_open,),
            effects=(effects.answer,),
            form=FORMS + "AnswerForm",
            notifies=("inquiry.answered",),
            consequence="内閣府へ回答します。差し戻されるまで、変えられません。",
        ),
        Transition(
            "accept",
            "確認済みにする",
            (ReplyState.ANSWERED,),
            ReplyState.ACCEPTED,
            ASKERS,
            INTERNAL,
            guards=(no_conflict,),
            consequence="回答を確かめたことを記録します。",
        ),
        Transition(
            "send_back",
            "差し戻す",
            (ReplyState.ANSWERED,),
            ReplyState.SENT_BACK,
            ASKERS,
            INTERNAL,
            guards=(_is_open, no_conflict),
            effects=(effects.send_back,),
            form=FORMS + "SendBackForm",
            notifies=("inquiry.sent_back",),
            consequence="理由とともに、もう一度の回答を求めます。",
        ),
    ),
)
