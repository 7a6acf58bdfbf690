"""THE table of a reviewer's point. The tables of filings themselves are in `grants.kinds`."""

from __future__ import annotations

from collections.abc import Iterator

from portal.access.api import Role
from portal.core.actor import Actor
from portal.workflow.api import Transition, Workflow

from . import effects
from .handling import against_handling
from .models import ReviewItem
from .states import FilingState, ItemState

DRAFTER = frozenset({Role.DRAFTER})
REVIEWER = frozenset({Role.REVIEWER})


def _with_writers(item: ReviewItem, actor: Actor) -> Iterator[str]:
    if item.filing.state != FilingState.RETURNED:
        yield "回答は、差し戻されている間に書けます。"


def _under_review(item: ReviewItem, actor: Actor) -> Iterator[str]:
    if item.filing.state != FilingState.UNDER_REVIEW:
        yield "審査中の申請ではありません。"


def _may_handle(item: ReviewItem, actor: Actor) -> Iterator[str]:
    yield from against_handling(item.filing, actor)


ITEM_LIFECYCLE = Workflow(
    key="filings.item",
    model="filings.ReviewItem",
    states=ItemState,
    initial=ItemState.OPEN,
    transitions=(
        Transition(
            "answer",
            "回答する",
            ("open", "answered"),
            "answered",
            DRAFTER,
            "適正化法6条",
            guards=(_with_writers,),
            effects=(effects.answer,),
            form="grants.filings.forms.AnswerForm",
            is_private=True,
        ),
        Transition(
            "resolve",
            "了とする",
            ("open", "answered"),
            "resolved",
            REVIEWER,
            "適正化法6条",
            guards=(_under_review, _may_handle),
            effects=(effects.resolve,),
        ),
        Transition(
            "ask_again",
            "再度照会する",
            ("answered", "resolved"),
            "open",
            REVIEWER,
            "適正化法6条",
            guards=(_under_review, _may_handle),
            effects=(effects.ask_again,),
            form="grants.filings.forms.AskAgainForm",
            is_private=True,
        ),
    ),
)
