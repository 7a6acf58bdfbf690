"""Rows that several kinds have alike, under the law that each names: on the way to the office, in its
review, and out again. What a kind decides itself stands in its own table.

The articles are the kind's; acts within one office stay internal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from portal.access.api import Role
from portal.workflow.api import INTERNAL, Guard, Transition

from .application import effects as of_filings
from .application import guards as on_filings
from .needs import effects as of_reports
from .needs.lifecycle import APPROVER, FORMS, REVIEWER, TO_THE_OFFICE

S = FilingState
DECIDER = frozenset({Role.DECIDER})
_FORWARD = ("request_approval", "submit_decided", "submit")


def to_the_office(law: str, *, standing: Iterable[Guard] = ()) -> tuple[Transition, ...]:
    """決裁 and 提出; `standing` says, before anything else, why the paper cannot go on."""
    return tuple(
        replace(
            row,
            article=INTERNAL if row.article == INTERNAL else f"{law}、26条の3",
            guards=(*standing, *row.guards) if row.name in _FORWARD else row.guards,
        )
        for row in TO_THE_OFFICE
    )


def send_report_back(law: str) -> Transition:
    """A report has no review: it is taken note of, or comes back with a reason."""
    return Transition(
        "send_back",
        "差し戻す",
        (S.SUBMITTED,),
        S.RETURNED,
        REVIEWER,
        law,
        guards=(no_conflict,),
        effects=(of_reports.send_back,),
        form=FORMS + "ReasonForm",
        notifies=("application.returned",),
        consequence="理由を伝えて、都道府県に直してもらいます。",
    )


def under_review(law: str, about: str) -> tuple[Transition, ...]:
    """審査 and 差戻し. `about` is what the kind is called in a sentence: 申請, 請求."""
    return (
        Transition(
            "begin_review",
            "審査を始める",
            (S.SUBMITTED,),
            S.UNDER_REVIEW,
            REVIEWER,
            law,
            guards=(no_conflict,),
            effects=(of_filings.take_review,),
            form=FORMS + "BeginReviewForm",
            consequence=f"あなたがこの{about}の審査担当になります。都道府県は取り戻せなくなります。",
        ),
        Transition(
            "return",
            "差し戻す",
            (S.UNDER_REVIEW,),
            S.RETURNED,
            REVIEWER,
            law,
            guards=(no_conflict, on_filings.has_open_point),
            effects=(of_filings.tell_points,),
            form=FORMS + "ReturnForm",
            notifies=("application.returned",),
            consequence="未解決の確認事項を、まとめて都道府県へ伝えます。",
        ),
    )


def to_the_decider(law: str) -> tuple[Transition, ...]:
    return (
        Transition(
            "finish_review",
            "審査を終える",
            (S.UNDER_REVIEW,),
            S.REVIEWED,
            REVIEWER,
            law,
            guards=(no_conflict, on_filings.points_resolved),
            effects=(of_filings.keep_opinion,),
            form=FORMS + "OpinionForm",
            notifies=("application.reviewed",),
            consequence="決定権者に渡します。",
            is_private=True,
        ),
        Transition(
            "reopen_review",
            "審査へ戻す",
            (S.REVIEWED,),
            S.UNDER_REVIEW,
            DECIDER,
            law,
            guards=(no_conflict,),
            effects=(of_filings.say_reason,),
            form=FORMS + "ReasonForm",
            notifies=("application.review_reopened",),
            consequence="審査担当へ戻します。",
            is_private=True,
        ),
    )


def withdraw(sources: tuple[FilingState, ...], about: str) -> Transition:
    """Before its end, by who files for the body."""
    return Transition(
        "withdraw",
        "取り下げる",
        sources,
        S.WITHDRAWN,
        APPROVER,
        INTERNAL,
        effects=(of_filings.say_reason,),
        form=FORMS + "ReasonForm",
        notifies=("application.withdrawn",),
        consequence=f"この{about}を取り下げます。もう一度{about}するときは、新しく作ります。",
        steps_up=True,
        is_quiet=True,
    )
