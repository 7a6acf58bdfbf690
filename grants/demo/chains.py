"""Work passed on below contracts: a chain of two links with its money, one begun early, one that waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from grants.contractors.api import (
    CheckKind,
    Contract,
    ContractLine,
    Contractor,
    Invoice,
    record_check,
    register_contractor,
)
from grants.subcontracts.api import (
    Extent,
    PaidOn,
    Subcontract,
    Terms,
    tell_payees,
    write_link,
)
from portal.access.api import Role
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

from .people import Cast

_HALL = (
    "株式会社信濃会場サービス",
    "しなのかいじょうさーびす",
    "company",
    "丸山 誠",
    "長野県松本市大手0-0",
)
_DESIGN = ("合同会社あずさデザイン", "あずさでざいん", "company", "降幡 紬", "長野県松本市深志0-0")
_TOWN = ("松本市", "まつもとし", "municipality", "見本市長", "長野県松本市丸の内0")
_HELPERS = (
    "特定非営利活動法人因幡の灯",
    "いなばのひ",
    "npo",
    "森田 灯",
    "鳥取県鳥取市末広温泉町0",
)
_CONDITIONS = (
    "業務の記録と帳簿を、契約の相手方と同じ期間保存すること。\n"
    "内閣府と県の検査に協力すること。\nさらに他の団体に行わせるときは、改めて承諾を求めること。"
)


def load_chains(cast: Cast) -> None:
    """長野's contract of last year has a whole chain; that of 鳥取 a request on its way."""
    contract = Contract.objects.for_lists().get(title="地域の縁側づくり事業 中信")
    _whole_chain(cast, contract)
    _begun_early(cast, contract)
    _waiting(cast, Contract.objects.for_lists().get(title="地域の縁側づくり事業 東部・中部"))


def _whole_chain(cast: Cast, contract: Contract) -> None:
    """The hall's company, and below it who makes its signs; the first is paid out of each invoice."""
    drafter = cast.actor(contract.contractor.grantee, Role.DRAFTER)
    line = _line(contract)
    amount = line.amount * 3 // 5 // 4000 * 4000
    day = contract.starts_on + timedelta(days=20)
    hall = _on_paper(
        drafter,
        contract,
        body=_body(drafter, contract, _HALL),
        day=day,
        amount=amount,
        work="居場所の会場の設営と撤収、当日の受付の補助",
        reason="会場を管理する会社が行うと、運搬と保管の経費が少なくて済む。",
    )
    _consent(drafter, hall, "7福第31号", day + timedelta(days=5))
    signs = _on_paper(
        drafter,
        contract,
        body=_body(drafter, contract, _DESIGN),
        day=day + timedelta(days=15),
        amount=amount // 5 // 1000 * 1000,
        parent=hall,
        work="会場の案内板と掲示物の製作",
        reason="製作の設備を持つ団体に頼むのが、最も費用が少ない。",
    )
    _consent(drafter, signs, "7福第44号", day + timedelta(days=20))
    responsible = cast.actor(contract.contractor.organisation, Role.RESPONSIBLE)
    hall = Subcontract.objects.for_lists().get(pk=hall.pk)
    for invoice in Invoice.objects.filter(contract=contract, state="paid").for_lists():
        paid = PaidOn(hall, "", line.line_uid, amount // 4, invoice.paid_on + timedelta(days=10))
        tell_payees(actor=responsible, invoice=invoice, rows=[paid])


def _begun_early(cast: Cast, contract: Contract) -> None:
    """Found in the records, and declared afterwards: 市 had lent a hand before anybody asked."""
    drafter = cast.actor(contract.contractor.grantee, Role.DRAFTER)
    day = contract.starts_on + timedelta(days=150)
    link = _on_paper(
        drafter,
        contract,
        body=_body(drafter, contract, _TOWN),
        day=day,
        amount=60_000,
        begun_on=day - timedelta(days=24),
        work="市の広報紙による居場所の案内",
        reason="市の広報紙が、住民に最も届く。月報の記載から、承諾の前に始めていたことが分かった。",
    )
    _consent(drafter, link, "7福第102号", day + timedelta(days=6))


def _waiting(cast: Cast, contract: Contract) -> None:
    """Asked for by the 責任者; the checks of the body are the prefecture's next step."""
    responsible = cast.actor(contract.contractor.organisation, Role.RESPONSIBLE)
    drafter = cast.actor(contract.contractor.grantee, Role.DRAFTER)
    starts = timezone.localdate() + timedelta(days=21)
    link = write_link(
        actor=responsible,
        contract=contract,
        body=_body(drafter, contract, _HELPERS, checked=False),
        parent=None,
        terms=_terms(
            contract,
            amount=80_000,
            work="白壁サロンの月1回の夜間の開催",
            reason="夜間の担い手がいる団体に頼むと、仕事帰りの人が通える。",
            starts_on=starts,
            ends_on=contract.ends_on,
        ),
    )
    perform(Subcontract, link.pk, "request", responsible)


def _on_paper(
    drafter: Actor, contract: Contract, *, body: Contractor, day: date, amount: int, **given: Any
) -> Subcontract:
    """The 承諾願 of this day, entered by the prefecture; the work begins ten days later."""
    begun = given.get("begun_on")
    link = write_link(
        actor=drafter,
        contract=contract,
        body=body,
        parent=given.pop("parent", None),
        terms=_terms(
            contract,
            amount=amount,
            requested_on=day,
            starts_on=begun or day + timedelta(days=10),
            ends_on=contract.ends_on,
            **given,
        ),
    )
    return perform(Subcontract, link.pk, "request", drafter).subject


def _terms(contract: Contract, *, amount: int, **values: Any) -> Terms:
    line = _line(contract)
    activity = contract.activities.all()[0]
    return Terms(values, {line.line_uid: amount}, {activity.activity_uid: Extent.PART})


def _line(contract: Contract) -> ContractLine:
    """会場使用料, the last in the plan of both."""
    found: ContractLine = contract.lines.order_by("-pk")[0]
    return found


def _consent(drafter: Actor, link: Subcontract, number: str, day: date) -> None:
    data = {
        "document_number": read_document_number(number).value,
        "consented_on": day,
        "conditions": _CONDITIONS,
    }
    perform(Subcontract, link.pk, "consent", drafter, data=data)


def _body(
    drafter: Actor, contract: Contract, about: tuple[str, ...], checked: bool = True
) -> Contractor:
    names = ("name", "kana", "body_type", "representative", "address")
    body = register_contractor(
        actor=drafter, corporate_number="", values=dict(zip(names, about, strict=True))
    )
    for kind in CheckKind if checked else ():
        record_check(
            actor=drafter,
            contractor=body,
            kind=kind,
            result="clear",
            pledged_on=contract.starts_on,
            reviewer=drafter.name,
            reviewed_on=contract.starts_on + timedelta(days=3),
            expires_on=timezone.localdate() + timedelta(days=200),
            source="定款又は条例、活動報告",
            reason="定款又は条例の目的と活動の報告を読み、誓約書を受けて確かめた。",
        )
    return body
