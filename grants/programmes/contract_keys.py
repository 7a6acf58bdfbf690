"""What may change by year about contractors and contracts, and what is asked of them (要領2(2)から2(4)まで)."""

from __future__ import annotations

from .value_kinds import NUMBER, YEN, Key, several

_UNCONFIRMED = "交付要綱の確認待ち（同種の交付金の例）"
_CHECKS = {"religious": "宗教活動", "political": "政治活動", "organised_crime": "暴力団"}

CONTRACT_KEYS: tuple[Key, ...] = (
    Key(
        "check_pledges",
        "除外団体でないとするのに、誓約書を求める確認",
        several(**_CHECKS),
        "宗教活動、政治活動、暴力団",
        "要領2(2)（誓約の項目は確認待ち）",
    ),
    Key(
        "check_evidence",
        "除外団体でないとするのに、資料か確認の出所を求める確認",
        several(**_CHECKS),
        "宗教活動、政治活動、暴力団",
        "要領2(2)（求める資料は確認待ち）",
    ),
    Key(
        "small_contract_ceiling",
        "少額の随意契約の上限（委託など）",
        YEN,
        "2000000",
        "地方自治法施行令別表第五（都道府県、その他の契約、令和7年4月1日から）",
    ),
    Key(
        "subcontract_depth",
        "再委託を承諾できる段数（契約の下に何段まで）",
        NUMBER,
        "2",
        _UNCONFIRMED,
    ),
    Key("officers_keep_days", "役員名簿を保管する期間の上限（日）", NUMBER, "365", _UNCONFIRMED),
)
