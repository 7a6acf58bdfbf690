"""Keeping routes, setting a request on its way, and approving on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from grants.filings.api import (
    Filing,
    FilingState,
    canonical,
    digest,
    four_eyes_on_approval,
    kind_of,
    live_digest,
    written,
)
from portal.accounts.api import Membership
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.outbox.api import enqueue
from portal.workflow.api import INTERNAL

from .models import Circulation, DraftCopy, Endorsement, Look, Route, Seat, Stop
from .rules import reasons_against, route_reasons
from .standing import standing_of
from .states import SeatKind


def keep_route(
    *,
    actor: Actor,
    name: str,
    seats: Sequence[tuple[str, Membership]],
    route: Route | None = None,
    seen_version: int | None = None,
) -> Route:
    """Makes a route, or changes one. Raises Refused with every reason against it, and Stale."""
    reasons = list(route_reasons((kind, member.user_id) for kind, member in seats))
    if any(member.organisation_id != actor.organisation_id for _, member in seats):
        reasons.append("ほかの組織の人は、経路に入れられません。")
    if reasons:
        raise Refused(reasons)
    try:
        with transaction.atomic():
            kept = _route_to_write(actor, route, seen_version)
            kept.name = name
            kept.save()
            kept.seats.all().delete()
            Seat.objects.bulk_create(
                Seat(route=kept, order=n, kind=kind, membership=member)
                for n, (kind, member) in enumerate(seats, start=1)
            )
            _say(actor, kept, "keep", "決裁経路を決める", {"順番": _in_words(seats)})
    except IntegrityError:
        raise Refused(
            [f"「{name}」という経路が、すでにあります。別の名称にしてください。"]
        ) from None
    return kept


def _route_to_write(actor: Actor, route: Route | None, seen_version: int | None) -> Route:
    if route is None:
        assert actor.organisation_id is not None  # a person of an office
        return Route(organisation_id=actor.organisation_id)
    locked = Route.objects.select_for_update().get(pk=route.pk)
    if seen_version is not None and locked.version != seen_version:
        raise Stale(seen_version, locked.version)
    locked.version += 1
    return locked


def _in_words(seats: Sequence[tuple[str, Membership]]) -> str:
    return "、".join(f"{member.user.name}（{SeatKind(kind).label}）" for kind, member in seats)


def retire_route(*, actor: Actor, route: Route) -> None:
    """Offered no more; requests on their way keep it."""
    with transaction.atomic():
        Route.objects.filter(pk=route.pk).update(is_retired=True)
        _say(actor, route, "retire", "決裁経路を使わないことにする", {})


def _say(actor: Actor, route: Route, verb: str, label: str, said: dict[str, str]) -> None:
    record(
        actor,
        f"approvals.route.{verb}",
        label,
        route,
        data={"said": {"経路": route.name, **said}},
        visibility=Visibility.ORGANISATION,
    )


def begin(*, actor: Actor, filing: Filing, route: Route | None) -> Circulation:
    """Sets a request on its way, inside the transition's transaction.

    Without a route, any 決裁者 decides. Raises Refused when somebody on the route cannot act.
    """
    seats = list(route.seats.select_related("membership__user")) if route else []
    reasons = _against_setting_out(filing, actor, seats)
    if reasons:
        raise Refused(reasons)
    Circulation.objects.filter(filing=filing, is_latest=True).update(is_latest=False)
    assert actor.user_id is not None  # the table lets only people ask
    circulation = Circulation.objects.create(
        filing=filing,
        route_name=route.name if route else "",
        requested_by_id=actor.user_id,
        requested_by_name=actor.name,
    )
    stops = [
        Stop(circulation=circulation, order=s.order, kind=s.kind, membership=s.membership)
        for s in seats
    ]
    Stop.objects.bulk_create(
        stops or [Stop(circulation=circulation, order=1, kind=SeatKind.APPROVE)]
    )
    return circulation


def _against_setting_out(filing: Filing, actor: Actor, seats: Sequence[Seat]) -> list[str]:
    in_force = set(
        Membership.objects.in_force()
        .filter(pk__in=[seat.membership_id for seat in seats])
        .values_list("pk", flat=True)
    )
    # Whoever asks is found out when they act; here only what nobody could mend on the way.
    editors = kind_of(filing.kind).editors(filing) if seats else set()
    reasons = []
    for seat in seats:
        name = seat.membership.user.name
        if seat.membership_id not in in_force:
            reasons.append(
                f"{name}さんの役割は終わっています。経路を直すか、別の経路を選んでください。"
            )
        elif seat.membership.user_id in editors:
            reasons.append(
                f"{name}さんは、この版を入力したため決裁できません。別の経路を選んでください。"
            )
    return reasons


def reasons_against_acting(filing: Filing, actor: Actor, *, as_last: bool) -> list[str]:
    """Every reason why this person cannot act on the request now: turn, four eyes, what changed."""
    reasons = list(
        four_eyes_on_approval(
            actor.user_id, kind_of(filing.kind).editors(filing), filing.requested_by_id
        )
    )
    standing = standing_of(filing)
    if standing is None:
        return [*reasons, "決裁の依頼がありません。"]
    stop = standing.stop_for(actor)
    if stop is None:
        waiting = "、".join(s.person_name for s in standing.open_stops)
        reasons.append(f"いまは、{waiting}さんの順番です。")
    else:
        place = standing.place_of(stop)
        reasons += reasons_against(place, standing.places, actor.user_id, as_last=as_last)
    if live_digest(filing) != filing.requested_digest:
        reasons.append(
            "決裁を依頼した後に内容が変わっています。起案者に戻して、依頼をやり直してください。"
        )
    return reasons


def endorse(*, actor: Actor, filing: Filing, comment: str, seen_version: int | None) -> Endorsement:
    """承認 or 合議 by one who is not the last. Raises Refused with every reason, and Stale."""
    with transaction.atomic():
        locked = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
        if locked.state != FilingState.AWAITING_APPROVAL:
            raise Refused(["決裁を待っている申請ではありません。"])
        if seen_version is not None and seen_version != locked.version:
            raise Stale(seen_version, locked.version)
        reasons = reasons_against_acting(locked, actor, as_last=False)
        if reasons:
            raise Refused(reasons)
        made = _sit(locked, actor, comment)
        record(
            actor,
            "approvals.endorse",
            f"{SeatKind(made.stop.kind).label}する",
            locked,
            article=INTERNAL,
            case_id=locked.case_id,
            data={"said": _said(made)},
            visibility=Visibility.ORGANISATION,
        )
        done = Endorsement.objects.filter(stop__circulation=made.stop.circulation_id).count()
        key = f"approvals.next:{made.stop.circulation_id}:{done}"
        payload = {"message": "approvals.next", "pk": str(locked.pk), "key": key}
        enqueue("notify", key, payload)
    return made


def endorse_last(filing: Filing, actor: Actor, comment: str = "") -> Endorsement:
    """The last approval, which files: called by the transition, whose guards asked already."""
    return _sit(filing, actor, comment)


def _sit(filing: Filing, actor: Actor, comment: str) -> Endorsement:
    standing = standing_of(filing)
    stop = standing.stop_for(actor) if standing else None
    if standing is None or stop is None:
        raise Refused(["決裁の順番が変わりました。画面を読み込み直してください。"])
    for_another = standing.place_of(stop).is_taken_for_another(actor.user_id)
    return Endorsement.objects.create(
        stop=stop,
        user_id=actor.user_id,
        user_name=actor.name,
        stood_in_for=stop.person_name if for_another else "",
        comment=comment,
    )


def _said(made: Endorsement) -> dict[str, str]:
    said = {"順番": str(made.stop.order)}
    if made.stood_in_for:
        said["代決"] = f"{made.stood_in_for}さんの代わり"
    return said | ({"意見": made.comment} if made.comment else {})


def said_of_last(made: Endorsement) -> dict[str, str]:
    """What the filing's own event says of a 代決; nothing otherwise."""
    return {"代決": f"{made.stood_in_for}さんの代わり"} if made.stood_in_for else {}


def copy_draft(*, actor: Actor, filing: Filing) -> DraftCopy:
    """Keeps the content of this moment, so that a worker prints what the person saw."""
    now = timezone.now()
    payload = written(filing, at=now)
    with transaction.atomic():
        copy = DraftCopy.objects.create(
            filing=filing,
            payload=payload,
            sha256=digest(canonical(payload)),
            made_by_name=actor.name,
            made_at=now,
        )
        record(
            actor,
            "approvals.copy_draft",
            "下書きを印刷する",
            filing,
            case_id=filing.case_id,
            data={"said": {"識別値": copy.sha256[:12]}},
            visibility=Visibility.ORGANISATION,
        )
    return copy


def look_at(*, actor: Actor, filing: Filing, digest: str, sections: list[Any]) -> Look:
    """Remembers what this person sees now; what they saw before it stays beside it."""
    now = timezone.now()
    with transaction.atomic():
        look, created = Look.objects.select_for_update().get_or_create(
            filing=filing,
            user_id=actor.user_id,
            defaults={"digest": digest, "sections": sections, "seen_at": now},
        )
        if not created and look.digest != digest:
            look.turn_to(digest, sections, now)
            look.save()
    return look
