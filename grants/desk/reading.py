"""What the office does beside the checklist: notes, the second reader, the programme's questions."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from grants.filings.api import (
    Filing,
    FilingState,
    against_handling,
    latest_version,
    remember_reviewer,
)
from grants.programmes.api import Programme
from portal.accounts.api import Membership
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Denied, Refused
from portal.outbox.api import enqueue

from .models import Conflict, ProgrammeQuestion, ReviewNote, SecondReading

_ARTICLE = "適正化法6条"


def write_note(*, actor: Actor, filing: Filing, text: str) -> ReviewNote:
    """Seen by the Cabinet Office alone. Raises Refused for somebody with a conflict of interest."""
    with transaction.atomic():
        _demand_handling(filing, actor)
        note = ReviewNote.objects.create(
            filing=filing, text=text, author_id=actor.user_id, author_name=actor.name
        )
        record(
            actor,
            "desk.note",
            "審査のメモを書く",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return note


def _demand_handling(filing: Filing, actor: Actor) -> None:
    reasons = tuple(against_handling(filing, actor))
    if reasons:
        raise Refused(reasons)


def standing_reading(filing: Filing) -> SecondReading | None:
    """As it is now, under the lock that the caller holds."""
    return SecondReading.objects.standing_of(filing).first()


def name_reader(*, actor: Actor, filing: Filing, to: Membership | None) -> None:
    """Asks somebody else to read it, in place of who was asked before; None asks nobody.

    Raises Refused with every reason: not under review, the reviewer themself, a conflict.
    """
    with transaction.atomic():
        locked = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
        reasons = [*against_handling(locked, actor), *_against_reader(locked, actor, to)]
        if reasons:
            raise Refused(reasons)
        standing = SecondReading.objects.standing().filter(filing=locked)
        standing.update(replaced_at=timezone.now())
        if to is not None:
            reading = SecondReading.objects.create(
                filing=locked, reader_id=to.user_id, named_by_id=actor.user_id
            )
            key = f"desk.second_reader:{reading.pk}"
            payload = {"message": "desk.second_reader", "pk": str(reading.pk), "key": key}
            enqueue("notify", key, payload)
        record(
            actor,
            "desk.name_reader",
            "二次確認者を決める",
            locked,
            article=_ARTICLE,
            case_id=locked.case_id,
            data={"said": {"二次確認者": to.user.name if to else "置かない"}},
            visibility=Visibility.ORGANISATION,
        )


def _against_reader(filing: Filing, actor: Actor, to: Membership | None) -> list[str]:
    reasons = []
    if filing.state != FilingState.UNDER_REVIEW:
        reasons.append("審査中の申請ではありません。")
    if to is None:
        return reasons
    if to.user_id in (filing.reviewer_id, actor.user_id):
        reasons.append("二次確認者は、審査担当とは別の人にしてください。")
    declared = Conflict.objects.standing().filter(user_id=to.user_id, grantee_id=filing.grantee_id)
    if declared.exists():
        reasons.append(
            f"{to.user.name}さんは、{filing.grantee.name}との利害関係を申し出ています。"
            "別の人を選んでください。"
        )
    return reasons


def confirm_reading(*, actor: Actor, filing: Filing, opinion: str) -> None:
    """Of the version that is under review now. The reader has reviewed, so they may not decide.

    Raises Denied for anybody but the reader, Refused when the review is not going on.
    """
    with transaction.atomic():
        locked = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
        reading = standing_reading(locked)
        if reading is None or not actor.is_person(reading.reader_id):
            raise Denied(["二次確認を記録できるのは、二次確認者に決まっている人です。"])
        if locked.state != FilingState.UNDER_REVIEW:
            raise Refused(["審査中の申請ではありません。"])
        _demand_handling(locked, actor)
        sealed = latest_version(locked)
        assert sealed is not None  # it is under review
        reading.confirmed_on, reading.confirmed_at = sealed, timezone.now()
        reading.opinion = opinion
        reading.save(update_fields=["confirmed_on", "confirmed_at", "opinion"])
        remember_reviewer(locked, actor)
        said = {"版": f"第{sealed.number}版"}
        record(
            actor,
            "desk.confirm_reading",
            "二次確認を記録する",
            locked,
            article=_ARTICLE,
            case_id=locked.case_id,
            data={"said": {**said, "意見": opinion} if opinion else said},
            visibility=Visibility.ORGANISATION,
        )


# ---- The programme's own questions ---------------------------------------------------------------


def questions_of(filing: Filing, marked: Any = ()) -> list[ProgrammeQuestion]:
    """Those asked now, and those that this version was judged by; read once a filing instance."""
    if "_questions" not in filing.__dict__:
        found = ProgrammeQuestion.objects.filter(programme_id=filing.programme_id)
        filing.__dict__["_questions"] = list(found.order_by("order", "id"))
    kept: list[ProgrammeQuestion] = filing.__dict__["_questions"]
    return [one for one in kept if one.retired_at is None or one.key in marked]


def ask_question(*, actor: Actor, programme: Programme, text: str, basis: str) -> ProgrammeQuestion:
    with transaction.atomic():
        last = programme.review_questions.aggregate(last=Max("order"))["last"] or 0
        question = ProgrammeQuestion.objects.create(
            programme=programme, order=last + 1, text=text, basis=basis
        )
        record(
            actor,
            "desk.ask_question",
            "年度の確認項目を加える",
            programme,
            data={"said": {"確認すること": text, "根拠": basis}},
            visibility=Visibility.ORGANISATION,
        )
    return question


def retire_question(*, actor: Actor, question: ProgrammeQuestion) -> None:
    """Asked no more; what was judged by it stays. Raises Refused the second time."""
    with transaction.atomic():
        locked = ProgrammeQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
        if locked.retired_at is not None:
            raise Refused(["この確認項目は、すでに外されています。"])
        locked.retired_at = timezone.now()
        locked.save(update_fields=["retired_at"])
        record(
            actor,
            "desk.retire_question",
            "年度の確認項目を外す",
            locked.programme,
            data={"said": {"確認すること": locked.text}},
            visibility=Visibility.ORGANISATION,
        )


def copy_questions(earlier: Programme, programme: Programme) -> None:
    """A new year starts with the questions of the one before."""
    ProgrammeQuestion.objects.bulk_create(
        ProgrammeQuestion(programme=programme, order=n, text=one.text, basis=one.basis)
        for n, one in enumerate(earlier.review_questions.asked().order_by("order", "id"), start=1)
    )
