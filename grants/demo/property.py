"""What was bought with the grant in the year before: in the register, seen or not seen since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.contractors.api import Contract
from grants.programmes.api import Programme
from grants.properties.api import Asset, Keeper, paid_lines, register_asset, take_inventory
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import FiscalYear

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


def load_properties(cast: Cast, bodies: dict[str, Organisation]) -> None:
    """鳥取 and 沖縄 saw theirs this year; of 長野 and 愛知 the inventory is overdue from October on."""
    programme = Programme.objects.order_by("fiscal_year")[0]
    for one in _BOUGHT:
        award = Award.objects.select_related("programme", "grantee", "decision").get(
            programme=programme, grantee=bodies[one.code]
        )
        asset = _register(cast, award, one)
        if one.seen:
            _look(cast, asset, one)


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
