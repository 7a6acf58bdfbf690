"""What must be so before an application moves; each yields every reason against it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from grants.approvals.api import reasons_against_acting, standing_of
from grants.awards.api import Decision, OtherActivityApproval, later_decision
from grants.filings.api import (
    Filing,
    ItemState,
    Route,
    Verdict,
    four_eyes_on_decision,
    kind_of,
    latest_version,
    open_points,
    reviewers_of,
)
from grants.guideline.api import blocking_messages
from grants.programmes.api import Round, window_reasons
from portal.accounts.api import ApprovalRoute
from portal.core.actor import Actor
from portal.core.dates import Period, day_with_weekday

from .checklist import checklist


def decides_in_portal(filing: Filing) -> bool:
    return filing.grantee.approval_route == ApprovalRoute.PORTAL


def decides_by_itself(filing: Filing) -> bool:
    return filing.grantee.approval_route == ApprovalRoute.OWN


def uses_portal_route(filing: Filing, actor: Actor) -> Iterator[str]:
    if not decides_in_portal(filing):
        yield "この都道府県は、庁内で決裁します。「庁内決裁済みとして提出する」を使ってください。"


def uses_own_route(filing: Filing, actor: Actor) -> Iterator[str]:
    if not decides_by_itself(filing):
        yield "この都道府県は、ポータルで決裁します。「決裁を依頼する」を使ってください。"


def requirements_met(filing: Filing, actor: Actor) -> Iterator[str]:
    yield from blocking_messages(kind_of(filing.kind).judgements(filing))


def points_answered(filing: Filing, actor: Actor) -> Iterator[str]:
    left = open_points(filing)
    if left:
        yield f"回答していない確認事項が{left}件あります。"


def within_window(filing: Filing, actor: Actor) -> Iterator[str]:
    """Version 1 in the programme's window; later ones by the answer date of the return."""
    if filing.was_returned:
        if filing.answer_due and timezone.localdate() > filing.answer_due:
            yield (
                f"回答の期限（{day_with_weekday(filing.answer_due)}）を過ぎています。"
                "内閣府の審査担当に連絡してください。"
            )
        return
    rounds = Round.objects.for_body(filing.grantee_id)
    round_ = rounds.of(filing.programme_id, filing.round_number)
    yield from window_reasons(
        filing.programme.terms(),
        timezone.now(),
        extended_to=round_.extended_to,
        window=round_.window(),
    )


def may_file_as_last(filing: Filing, actor: Actor) -> Iterator[str]:
    """Turn on the route, four eyes, nothing changed since the request."""
    yield from reasons_against_acting(filing, actor, as_last=True)


def is_on_the_route(filing: Filing, actor: Actor) -> Iterator[str]:
    """Whoever has a place, done or to come, or stands in for somebody who has."""
    standing = standing_of(filing)
    if standing and not any(p.may_be_taken_by(actor.user_id) for p in standing.places):
        yield "この依頼の決裁経路に入っていません。"


def may_recall(filing: Filing, actor: Actor) -> Iterator[str]:
    sealed = latest_version(filing)
    if sealed is not None and sealed.route == Route.PORTAL and actor.role != "approver":
        yield "ポータルで決裁したものを取り戻せるのは、決裁者です。"


def has_open_point(filing: Filing, actor: Actor) -> Iterator[str]:
    if not any(item.state == ItemState.OPEN for item in filing.items.all()):
        yield "未回答の確認事項がありません。確認事項を付けてから差し戻してください。"


def every_section_seen(filing: Filing, actor: Actor) -> Iterator[str]:
    missing = [row.title for row in checklist(filing).sections if not row.is_seen]
    if missing:
        yield f"まだ見ていない項目があります（{'、'.join(missing)}）。"


def checklist_complete(filing: Filing, actor: Actor) -> Iterator[str]:
    rows = checklist(filing).rows
    left = sum(row.verdict == Verdict.OPEN for row in rows)
    refused = sum(row.verdict == Verdict.NO for row in rows)
    if left:
        yield f"確認項目が{left}件残っています。"
    if refused:
        yield f"「否」の確認項目が{refused}件あります。差し戻すか、判定を見直してください。"


def points_resolved(filing: Filing, actor: Actor) -> Iterator[str]:
    left = sum(item.state != ItemState.RESOLVED for item in filing.items.all())
    if left:
        yield f"解決していない確認事項が{left}件あります。"


def decider_did_not_review(filing: Filing, actor: Actor) -> Iterator[str]:
    yield from four_eyes_on_decision(actor.user_id, reviewers_of(filing))


def other_activity_approved(filing: Filing, actor: Actor) -> Iterator[str]:
    """要領3(2)⑩."""
    if missing_approvals(filing):
        yield "⑩の取組について、内閣府が必要と認めた記録（文書番号、日付）がありません（要領3(2)⑩）。"


def missing_approvals(filing: Filing) -> list[tuple[UUID, str]]:
    """(uid, name) of each ⑩ in the latest version that was not found necessary this year.

    What was found for one filing holds for the activity in its later rounds and changes.
    """
    sealed = latest_version(filing)
    if sealed is None:
        return []
    found_before = OtherActivityApproval.objects.filter(
        filing__programme_id=filing.programme_id, filing__grantee_id=filing.grantee_id
    )
    approved = set(found_before.values_list("activity_uid", flat=True))
    found = []
    for section in sealed.content["sections"]:
        if section["mark"] == "⑩":
            uid = UUID(section["key"].partition(":")[2])
            if uid not in approved:
                found.append((uid, str(section["fields"][0]["value"])))
    return found


def within_withdrawal_period(filing: Filing, actor: Actor) -> Iterator[str]:
    """適正化法9条1項: by the day set, counted from the arrival of the notice."""
    decision = Decision.objects.filter(filing=filing).first()
    if decision is None:
        yield "取り下げる決定がありません。"
        return
    if later_decision(decision):
        yield (
            "後の回の交付決定か、変更の承認があります。先に、後の回の申請を取り下げてください。"
            "変更の承認の後は、取り下げられません。"
        )
    arrived = timezone.localdate(decision.arrived_at)
    last = Period(days=filing.programme.terms().withdraw_days).last_day(arrived)
    if timezone.localdate() > last:
        yield f"取下げの期間（{day_with_weekday(last)}まで）を過ぎています。"
