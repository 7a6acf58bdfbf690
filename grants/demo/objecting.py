"""Objections: 鳥取県 against its 返還命令, 愛知県 to be heard, 北海道 answered by a second 決定権者.
And 沖縄県's closed case, which is to be kept longer, and a request to see 長野県's application."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.disclosures.api import choices_of, enter_request, pick_sections, rule_on_words
from grants.objections.api import Objection, act_of, start_objection
from grants.refunds.api import RefundOrder
from grants.retention.api import propose
from grants.settlements.api import Settlement
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.dates import FiscalYear
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

from .people import Cast

_REFUND, _TO_BE_HEARD, _ANSWERED, _KEPT_LONGER = "31", "23", "01", "47"
_ASKED_FOR = "20"
_CUT = (
    "減額された明細は、領収書の原本を本庁舎で保管していたため、審査の際に示せなかったものである。"
    "写しを添えるので、対象経費として認められたい。"
)


def load_objections(cast: Cast, office: Organisation, bodies: dict[str, Organisation]) -> None:
    second = _second_decider(cast, office)
    refund = RefundOrder.objects.select_related("award__programme").get(
        award__grantee=bodies[_REFUND]
    )
    _file(cast, "refund", refund, "返還額の計算の根拠となる減額の理由が示されていない。" + _CUT)
    _invite(cast, office, _file(cast, "settlement", _settled(bodies[_TO_BE_HEARD]), _CUT))
    answered = _file(cast, "settlement", _settled(bodies[_ANSWERED]), _CUT)
    _invite(cast, office, answered)
    body = cast.actor(bodies[_ANSWERED], Role.APPROVER)
    _step(answered, "state_opinion", body, opinion="領収書の写しのとおり、支出は実在する。")
    today = timezone.localdate()
    _step(
        answered,
        "answer",
        second,
        document_number=read_document_number("府孤推第931号").value,
        decided_on=today,
        issued_on=today,
        measure="none",
        taken="額の確定を変えない。",
        reason="添えられた写しの日付は事業の期間の後であり、対象経費の支出と認められないため。",
    )
    propose(
        actor=cast.actor(office, Role.PROGRAMME_MANAGER),
        case=_settled(bodies[_KEPT_LONGER]).award,
        measure="extend",
        reason="後継の交付金の検証に使うため、事業の記録を長く保存する。",
        extend_until=FiscalYear(FiscalYear.of(today) + 10).end,
    )
    _disclosure(cast, office, bodies[_ASKED_FOR])


def _disclosure(cast: Cast, office: Organisation, body: Organisation) -> None:
    """Picked, with one word hidden; what looks like a person is still to be ruled on."""
    reviewer = cast.actor(office, Role.REVIEWER)
    award = Award.objects.select_related("programme", "grantee").get(
        grantee=body, programme__fiscal_year=FiscalYear.of(timezone.localdate()) - 1
    )
    request = enter_request(
        actor=reviewer,
        award=award,
        requester="地方自治を考える会",
        asked_for="令和7年度の交付申請書のうち、目指す姿と取組の内容が分かる部分",
        received_on=timezone.localdate() - timedelta(days=9),
    )
    codes = [code for _, sections in choices_of(award)[:1] for code, _ in sections]
    pick_sections(actor=reviewer, request=request, seen_version=request.version, chosen=codes[:5])
    request.refresh_from_db()
    rulings = [{"text": "社会福祉協議会", "ground": "2", "note": "任意に提供された情報"}]
    rule_on_words(actor=reviewer, request=request, seen_version=request.version, rulings=rulings)


def _second_decider(cast: Cast, office: Organisation) -> Actor:
    """Whose acts these are does not answer objections against them."""
    first = cast.actor(office, Role.DECIDER)
    second = cast.add(office, Role.DECIDER, "藤村 隆", "decider2@cao.example")
    cast.actors[office.pk, Role.DECIDER] = first
    return second


def _settled(body: Organisation) -> Settlement:
    found: Settlement = Settlement.objects.select_related("award__programme").get(
        award__grantee=body
    )
    return found


def _file(cast: Cast, kind: str, row: Any, reasons: str) -> Objection:
    act = act_of(kind, row)
    assert act is not None  # each of these is one
    made = start_objection(
        actor=cast.actor(act.grantee, Role.DRAFTER),
        act=act,
        values={
            "content": f"{act.number}による{act.name}",
            "reasons": reasons,
            "late_reason": "",
            "known_on": None,
        },
    )
    return _step(made, "file", cast.actor(act.grantee, Role.APPROVER))


def _invite(cast: Cast, office: Organisation, objection: Objection) -> None:
    reviewer = cast.actor(office, Role.REVIEWER)
    _step(objection, "receive", reviewer)
    on = timezone.localdate() + timedelta(days=14)
    _step(objection, "invite", reviewer, way="written", on=on, where="")


def _step(objection: Objection, name: str, actor: Actor, **data: Any) -> Objection:
    found: Objection = perform(Objection, objection.pk, name, actor, data=data).subject
    return found
