"""The Cabinet Office's desk: a second reviewer, who is away, what was written down for the office."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from grants.desk.api import ask_question, assign, declare_conflict, name_reader, write_note
from grants.filings.api import Filing
from grants.inquiries.api import Inquiry, Reply, write_inquiry
from grants.programmes.api import Programme
from portal.access.api import Role
from portal.accounts.api import Membership, Organisation, declare_absence
from portal.core.actor import Actor
from portal.workflow.api import perform

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


_ANSWERS = (
    ("20", "県庁に1か所、保健福祉事務所に10か所です。", "accept"),
    ("31", "県の委託で3か所です。うち1か所は、オンラインだけで受けます。", ""),
    ("13", "区市町村の窓口を含めて62か所です。", ""),
    ("27", "確認中です。", "send_back"),
)


def load_inquiries(cast: Cast, office: Organisation, bodies: dict[str, Organisation]) -> None:
    """One inquiry to eight bodies, half of them answered; another that is still a draft."""
    reviewer = cast.actor(office, Role.REVIEWER)
    evening = timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0)
    asked = [bodies[code] for code in ("01", "13", "20", "21", "23", "27", "31", "40")]
    inquiry = write_inquiry(
        actor=reviewer,
        title="孤独・孤立の相談窓口の数",
        text="10月1日現在の、孤独・孤立の相談を受ける窓口の数を教えてください。\n"
        "内訳が分かる資料があれば、付けてください。",
        due_at=evening + timedelta(days=2),
        grantees=asked,
    )
    perform(Inquiry, inquiry.pk, "ask", reviewer)
    for code, text, judged in _ANSWERS:
        reply = Reply.objects.get(inquiry=inquiry, grantee=bodies[code])
        perform(
            Reply, reply.pk, "answer", cast.actor(bodies[code], Role.DRAFTER), data={"text": text}
        )
        if judged:
            data = {"reason": "10月1日現在の数を入れてください。"}
            perform(Reply, reply.pk, judged, reviewer, data=data)
    write_inquiry(
        actor=reviewer,
        title="次年度の研修の希望",
        text="研修で取り上げてほしい題を、3つまで書いてください。",
        due_at=evening + timedelta(days=14),
        grantees=bodies.values(),
    )


def _membership(actor: Actor) -> Membership:
    return Membership.objects.select_related("user").get(
        user_id=actor.user_id, organisation_id=actor.organisation_id, role=actor.role
    )
