"""What was bought with the grant in the year before: in the register, seen or not seen since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.changes.api import save_statement
from grants.contractors.api import Contract
from grants.filings.api import Filing, latest_version
from grants.programmes.api import Programme
from grants.properties.api import (
    Asset,
    DisposalRequest,
    Keeper,
    paid_lines,
    register_asset,
    start_disposal,
    take_inventory,
)
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import FiscalYear
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

from . import cases
from .people import Cast


@dataclass(frozen=True, slots=True)
class _Bought:
    """`line` is in the name of the 積算内訳; `by` in that of the contract, empty for 直営."""

    code: str
    line: str
    by: str
    class_code: str
    name: str
    specification: str
    quantity: int
    price: int
    days: int
    location: str
    seen: str = ""
    note: str = ""


_BOUGHT = (
    _Bought(
        *("31", "集計・分析", "", "software", "孤独・孤立実態調査 集計システム"),
        *("サーバー版、利用者10人", 1, 660_000, 70, "鳥取県庁 地域福祉課"),
        seen="seen",
    ),
    _Bought(
        *("31", "啓発冊子の印刷", "", "copier", "デジタル印刷機"),
        *("A3対応、2色", 1, 594_000, 40, "鳥取県庁 印刷室"),
        seen="damaged",
        note="給紙部の部品が折れ、修理の見積りを取っている。",
    ),
    _Bought(
        *("20", "集計・分析", "", "server", "調査データの保管装置"),
        *("8TB、二重化", 1, 528_000, 95, "長野県庁 情報管理室"),
    ),
    _Bought(
        *("23", "立上げの補助", "おかえりの家", "car-small", "送迎用の軽自動車"),
        *("4人乗り、660cc", 1, 1_320_000, 60, "豊橋市 おかえりの家 駐車場"),
    ),
    _Bought(
        *("47", "立上げの補助", "ゆんたくの輪", "cooling", "業務用の冷房設備"),
        *("天井吊り、5馬力", 1, 715_000, 55, "那覇市 ゆんたくの輪 居間"),
        seen="seen",
    ),
    _Bought(
        *("47", "立上げの補助", "やんばるの灯", "kitchen", "業務用の冷蔵庫"),
        *("4ドア、縦型", 1, 539_000, 80, "名護市 やんばるの灯 調理場"),
        seen="seen",
    ),
)


def load_properties(cast: Cast, office: Organisation, bodies: dict[str, Organisation]) -> None:
    """鳥取 and 沖縄 saw theirs this year; of 長野 and 愛知 the inventory is overdue from October on.

    鳥取 scrapped a printer with an approval, 愛知 waits for one, 長野 writes its request.
    """
    programme = Programme.objects.order_by("fiscal_year")[0]
    for one in _BOUGHT:
        award = Award.objects.select_related("programme", "grantee", "decision").get(
            programme=programme, grantee=bodies[one.code]
        )
        asset = _register(cast, award, one)
        if one.seen:
            _look(cast, asset, one)
        if one.name in _ASKED:
            _ask(cast, office, asset)


def _register(cast: Cast, award: Award, one: _Bought) -> Asset:
    line = next(line for line in paid_lines(award) if one.line in line.label)
    contract: Any = None
    if one.by:
        contract = Contract.objects.get(award=award, contractor__name__contains=one.by)
    start = FiscalYear(award.programme.fiscal_year).start
    return register_asset(
        actor=cast.actor(award.grantee, Role.DRAFTER),
        award=award,
        values={
            "line_uid": line.uid,
            "contract": contract,
            "keeper": Keeper.SUBSIDISED if contract is not None else Keeper.PREFECTURE,
            "class_code": one.class_code,
            "name": one.name,
            "specification": one.specification,
            "quantity": one.quantity,
            "unit_price": one.price,
            "acquired_on": start + timedelta(days=one.days),
            "location": one.location,
            "note": "事業の名称を記した票を貼っている。",
        },
    )


def _look(cast: Cast, asset: Asset, one: _Bought) -> None:
    drafter = cast.actor(asset.award.grantee, Role.DRAFTER)
    first = FiscalYear.of(timezone.localdate()).start
    take_inventory(
        actor=drafter,
        checks={asset.pk: {"result": one.seen, "note": one.note}},
        checked_on=min(first + timedelta(days=150), timezone.localdate()),
        checked_by=drafter.name,
    )


# What is asked for, by the name of the property: kind, other party, reason, use afterwards.
_ASKED = {
    "デジタル印刷機": (
        *("discard", "", "給紙部の故障の修理に新品と同じ費用がかかり、部品の供給も終わったため。"),
        "",
    ),
    "送迎用の軽自動車": (
        *("transfer", "社会福祉法人ひだまり会", "団体が居場所の運営を社会福祉法人に引き継ぐため。"),
        "引き継ぐ居場所で、送迎に使う。",
    ),
    "調査データの保管装置": (
        *("divert", "", "調査が終わり、県の統計の保管に使うため。"),
        "統計課が、人口の調査の保管に使う。",
    ),
}


def _ask(cast: Cast, office: Organisation, asset: Asset) -> None:
    drafter, today = cast.actor(asset.award.grantee, Role.DRAFTER), timezone.localdate()
    kind, counterpart, reason, afterwards = _ASKED[asset.name]
    filing = start_disposal(actor=drafter, asset=asset)
    request = DisposalRequest.objects.get(filing=filing)
    values = {
        "kind": kind,
        "planned_on": today if kind == "discard" else today + timedelta(days=45),
        "counterpart": counterpart,
        "proceeds": 0,
        "reason": reason,
        "afterwards": afterwards,
    }
    save_statement(actor=drafter, statement=request, seen_version=request.version, values=values)
    if kind == "divert":
        return
    filing = cases.submit(cast, filing)
    if kind == "discard":
        _scrap(cast, office, asset, filing)


def _scrap(cast: Cast, office: Organisation, asset: Asset, filing: Filing) -> None:
    """Approved, done the same day and reported; what goes back is still to be ordered."""
    today = timezone.localdate()
    filing = cases.begin_review(cast, office, filing)
    reviewer = cast.actor(office, Role.REVIEWER)
    filing = cases.step(
        filing, "finish_review", reviewer, opinion="修理の見積書と写真で確かめた。やむを得ない。"
    )
    cases.step(
        filing,
        "approve_disposal",
        cast.actor(office, Role.DECIDER),
        returned=_computed(filing),
        returned_reason="",
        conditions=[{"text": "廃棄を証する書類を保存すること。", "basis": "適正化法22条"}],
        document_number=read_document_number("府孤推第961号").value,
        decided_on=today,
        issued_on=today,
        confirmed=True,
    )
    perform(
        Asset,
        asset.pk,
        "dispose",
        cast.actor(asset.award.grantee, Role.DRAFTER),
        data={
            "disposal_kind": "discard",
            "disposed_on": today,
            "proceeds": 0,
            "closing_note": "産業廃棄物の処理業者に引き渡し、管理票の写しを受け取った。",
        },
    )


def _computed(filing: Filing) -> int:
    """Yen to the treasury, as the sealed request computes them."""
    sealed = latest_version(filing)
    assert sealed is not None  # it was submitted
    return int(sealed.content["returned"])
