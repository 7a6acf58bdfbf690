"""The Cabinet Office's desk: a second reviewer, who is away, what was written down for the office."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from grants.desk.api import ask_question, assign, declare_conflict, name_reader, write_note
from grants.filings.api import Filing
from grants.programmes.api import Programme
from portal.access.api import Role
from portal.accounts.api import Membership, Organisation, declare_absence
from portal.core.actor import Actor

from .people import Cast

_QUESTIONS = (
    ("前年度の実績と、前年度の確認事項への対応を踏まえている。", "交付要綱4条"),
    ("単価が、県の財務規則か、見積りに基づいている。", "交付要綱（対象経費）"),
)


def add_second_reviewer(cast: Cast, office: Organisation) -> Actor:
    """The first one stays the reviewer of the stories."""
    first = cast.actor(office, Role.REVIEWER)
    second = cast.add(office, Role.REVIEWER, "三浦 楓", "reviewer2@cao.example")
    cast.actors[office.pk, Role.REVIEWER] = first
    return second


def ask_questions(cast: Cast, office: Organisation, programme: Programme) -> None:
    for text, basis in _QUESTIONS:
        ask_question(
            actor=cast.actor(office, Role.PROGRAMME_MANAGER),
            programme=programme,
            text=text,
            basis=basis,
        )


def load_desk(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], programme: Programme
) -> None:
    """Half of what was filed is shared out; one filing has notes and a second reader."""
    first, decider = cast.actor(office, Role.REVIEWER), cast.actor(office, Role.DECIDER)
    second = add_second_reviewer(cast, office)
    declare_conflict(
        actor=second, grantee=bodies["22"], reason="家族が、県の委託先の法人で働いている。"
    )
    today = timezone.localdate()
    declare_absence(
        actor=second,
        membership=_membership(second),
        starts_on=today,
        ends_on=today + timedelta(days=2),
        deputy=_membership(first),
        note="出張",
    )
    filings = Filing.objects.of_year(programme.fiscal_year).for_lists()
    waiting = list(filings.filter(state="submitted").order_by("grantee__prefecture_id"))
    for n, filing in enumerate(waiting):
        if n % 2 == 0 and filing.grantee_id != bodies["22"].pk:
            assign(actor=decider, filing=filing, to=_membership(second), reason="地区の担当")
    reviewed = filings.filter(state="under_review").order_by("grantee__prefecture_id").first()
    if reviewed is not None:
        write_note(
            actor=first,
            filing=reviewed,
            text="新設の地域の委託先は6月に公募予定。契約の後に、除外要件の確認の記録を見る。",
        )
        name_reader(actor=first, filing=reviewed, to=_membership(second))


def _membership(actor: Actor) -> Membership:
    return Membership.objects.select_related("user").get(  # type: ignore[no-any-return]
        user_id=actor.user_id, organisation_id=actor.organisation_id, role=actor.role
    )
