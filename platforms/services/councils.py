"""The register of 地域協議会 (法15条): the 公示, who is in it, and who has sworn secrecy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused

from ..models import Council, CouncilBody, Oath
from ..rules import coordinators
from .saving import assign, create, lock

COUNCIL_ARTICLE = "孤独・孤立対策推進法15条"
COORDINATOR_ARTICLE = "孤独・孤立対策推進法15条、17条"
SECRECY_ARTICLE = "孤独・孤立対策推進法18条"


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """Day and number of the 公示 are given together, or neither."""

    name: str
    established_on: date
    notice_on: date | None = None
    notice_number: str = ""
    notice_method: str = ""
    joint_bodies: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BodyFacts:
    uid: UUID | None
    name: str
    kind: str
    is_coordinator: bool
    left_on: date | None


@dataclass(frozen=True, slots=True)
class OathFacts:
    """`body_id` is one of the council's own."""

    uid: UUID | None
    body_id: UUID
    person_name: str
    sworn_on: date
    ended_on: date | None


def register_council(
    *, actor: Actor, owner: Organisation, facts: CouncilFacts, request_key: UUID | None = None
) -> Council:
    """A second click with the same key finds what the first has made."""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=owner.pk)
        return create(
            Council(owner=owner, **asdict(facts)),
            request_key,
            owner,
            actor=actor,
            verb="platforms.council.register",
            label="地域協議会を登録する",
            said={"名称": facts.name},
            article=COUNCIL_ARTICLE,
        )


def change_council(
    *, actor: Actor, council: Council, facts: CouncilFacts, seen_version: int
) -> Council:
    """Raises Stale when someone else saved after `seen_version`."""
    with transaction.atomic():
        locked = lock(council, seen_version)
        said = assign(locked, asdict(facts))
        record(
            actor,
            "platforms.council.change",
            "地域協議会の登録を変える",
            locked,
            article=COUNCIL_ARTICLE,
            data={"said": said},
        )
    return locked


def change_bodies(
    *, actor: Actor, council: Council, bodies: Sequence[BodyFacts], seen_version: int
) -> None:
    """Makes the 構成機関等 equal to those given.

    Raises Stale, and Refused for a second 調整機関 or for taking out one whose people have sworn.
    """
    named = coordinators((one.name, one.is_coordinator, one.left_on) for one in bodies)
    if len(named) > 1:
        raise Refused(
            [
                f"調整機関は1つだけ指定できます（法17条）。{'、'.join(named)}のうち1つを選んでください。"
            ]
        )
    with transaction.atomic():
        locked = lock(council, seen_version)
        kept = {body.pk: body for body in locked.bodies.all()}
        wanted = {one.uid for one in bodies}
        gone = locked.bodies.filter(pk__in=[pk for pk in kept if pk not in wanted])
        sworn = gone.annotate(sworn=Count("oaths")).filter(sworn__gt=0)
        names = list(sworn.order_by("order").values_list("name", flat=True))
        if names:
            raise Refused(
                [
                    f"{'、'.join(names)}には誓約の記録があります。削除しないで、抜けた日を入力してください。"
                ]
            )
        gone.delete()
        locked.bodies.update(is_coordinator=False)
        for order, facts in enumerate(bodies, start=1):
            body = kept.get(facts.uid) if facts.uid else None
            body = body or CouncilBody(council=locked)
            body.order, body.name, body.kind = order, facts.name, facts.kind
            body.is_coordinator, body.left_on = facts.is_coordinator, facts.left_on
            body.save()
        assign(locked, {})
        record(
            actor,
            "platforms.council.bodies.change",
            "構成機関等の登録を変える",
            locked,
            article=COORDINATOR_ARTICLE,
            data={
                "said": {
                    "構成機関等": f"{sum(one.left_on is None for one in bodies)}機関",
                    "調整機関": named[0] if named else "指定なし",
                }
            },
        )


def change_oaths(
    *, actor: Actor, council: Council, oaths: Sequence[OathFacts], seen_version: int
) -> None:
    """Makes the oaths equal to those given; the Event counts them and names nobody. Raises Stale."""
    with transaction.atomic():
        locked = lock(council, seen_version)
        kept = {oath.pk: oath for oath in Oath.objects.filter(body__council=locked)}
        wanted = {one.uid for one in oaths}
        Oath.objects.filter(pk__in=[pk for pk in kept if pk not in wanted]).delete()
        for order, facts in enumerate(oaths, start=1):
            oath = kept.get(facts.uid) if facts.uid else None
            oath = oath or Oath()
            oath.order, oath.body_id, oath.person_name = order, facts.body_id, facts.person_name
            oath.sworn_on, oath.ended_on = facts.sworn_on, facts.ended_on
            oath.save()
        assign(locked, {})
        record(
            actor,
            "platforms.council.oaths.change",
            "守秘の誓約の記録を変える",
            locked,
            article=SECRECY_ARTICLE,
            visibility=Visibility.ORGANISATION,
            data={"said": {"誓約": f"{len(oaths)}人"}},
        )
