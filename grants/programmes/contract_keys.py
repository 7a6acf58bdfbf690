"""What may change by year about contractors and contracts, and what is asked of them (要領2(2)から2(4)まで)."""

from __future__ import annotations

from .value_kinds import DATED_YEN, NUMBER, OPTIONAL_NAMES, Key, several

_UNCONFIRMED = "交付要綱の確認待ち（同種の交付金の例）"
_PAPERS = "要領2(3)、地方自治法234条（求める資料は確認待ち）"
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
    Key("papers_general", "一般競争入札で求める資料", OPTIONAL_NAMES, "公告、入札結果", _PAPERS),
    Key(
        "papers_designated",
        "指名競争入札で求める資料",
        OPTIONAL_NAMES,
        "指名理由、入札結果",
        _PAPERS,
    ),
    Key(
        "papers_proposal",
        "公募型プロポーザル・企画競争で求める資料",
        OPTIONAL_NAMES,
        "実施要領、審査結果",
        _PAPERS,
    ),
    Key("papers_small", "随意契約（1号）で求める資料", OPTIONAL_NAMES, "随意契約理由書", _PAPERS),
    Key(
        "papers_negotiated",
        "随意契約（2号から9号まで）で求める資料",
        OPTIONAL_NAMES,
        "随意契約理由書",
        _PAPERS,
    ),
    Key(
        "estimate_grounds",
        "見積書を比べる随意契約の号",
        several(**{f"g{n}": f"{n}号" for n in range(1, 10)}),
        "1号",
        "都道府県の財務規則（確認待ち）",
    ),
    Key(
        "estimate_bodies",
        "見積書を取る者の数（以上）",
        NUMBER,
        "2",
        "都道府県の財務規則（2者以上とする例。確認待ち）",
    ),
    Key(
        "small_contract_ceiling",
        "少額の随意契約の上限（委託など）",
        DATED_YEN,
        "2025-03-31:1000000、2000000",
        "地方自治法施行令別表第五（都道府県、その他の契約。令和7年4月1日から改正）",
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
