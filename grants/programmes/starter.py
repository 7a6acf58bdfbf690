"""What the first year starts with; later years copy the year before. All of it is editable data.

節 names follow 地方自治法施行規則15条別記. Which of them are eligible is the pattern of comparable
grants: this grant's own 交付要綱 is still to be confirmed.
"""

from typing import Any

_UNCONFIRMED = "交付要綱の確認待ち（同種の交付金の例）"


def _category(code: str, name: str, eligible: bool = True, note: str = "") -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "is_eligible": eligible,
        "subsidy_only": code == "18",
        "note": note,
        "source": _UNCONFIRMED,
    }


CATEGORIES: list[dict[str, Any]] = [
    _category("01", "報酬", note="会計年度任用職員"),
    _category("02", "給料", False, "常勤職員の人件費は対象外"),
    _category("03", "職員手当等", note="会計年度任用職員の期末・勤勉手当"),
    _category("04", "共済費", note="会計年度任用職員"),
    _category("07", "報償費"),
    _category("08", "旅費"),
    _category("09", "交際費", False, "対象外"),
    _category("10", "需用費", note="食糧費は対象外"),
    _category("11", "役務費"),
    _category("12", "委託料"),
    _category("13", "使用料及び賃借料"),
    _category("14", "工事請負費", False, "対象外"),
    _category("17", "備品購入費"),
    _category("18", "負担金、補助及び交付金", note="⑦・⑧の補助に限る（要領2(4)）"),
]


def _condition(order: int, text: str, basis: str, is_default: bool = True) -> dict[str, Any]:
    return {"order": order, "text": text, "basis": basis, "is_default": is_default}


CONDITIONS: list[dict[str, Any]] = [
    _condition(
        1,
        "経費の配分を変更するときは、内閣総理大臣の承認を受けること。ただし、軽微な変更を除く。",
        "適正化法7条1項1号",
    ),
    _condition(
        2,
        "事業の内容を変更するときは、内閣総理大臣の承認を受けること。ただし、軽微な変更を除く。",
        "適正化法7条1項3号",
    ),
    _condition(
        3,
        "事業を中止し、又は廃止するときは、内閣総理大臣の承認を受けること。",
        "適正化法7条1項4号",
    ),
    _condition(
        4,
        "事業が予定の期間内に完了しない見込みのとき、又は遂行が困難となったときは、"
        "速やかに報告し、その指示を受けること。",
        "適正化法7条1項5号",
    ),
    _condition(5, "対象経費と重複して、各府省が所管する補助金等の交付を受けないこと。", "要領4(3)"),
    _condition(
        6,
        "事業に係る帳簿及び証拠書類を、事業の完了した年度の終了後5年間保存すること。",
        "交付要綱",
    ),
    _condition(
        7,
        "事業を行うため契約をするときは、競争性のある手続によること。これによることができないときは、"
        "財務規則等に基づく適正な手続によること。",
        "適正化法7条1項2号、要領2(3)",
    ),
    _condition(
        8,
        "事業により取得し、又は効用の増加した財産を、内閣総理大臣の承認を受けないで、交付の目的に反して使用し、"
        "譲渡し、交換し、貸し付け、又は担保に供しないこと。",
        "適正化法22条、交付要綱",
    ),
    _condition(
        9,
        "事業の完了した後に、消費税及び地方消費税の申告により仕入控除税額が確定したときは、速やかに報告し、"
        "当該仕入控除税額を国庫に納付すること。",
        "交付要綱",
    ),
    _condition(
        10,
        "間接補助の事業者に対し、この決定の条件と同じ条件を付し、その遵守を求めること。",
        "適正化法7条3項、要領2(4)",
        is_default=False,
    ),
    _condition(
        11,
        "事業の完了により相当の収益が生ずると認められるときは、交付した額の全部又は一部に相当する額を国に納付すること。",
        "適正化法7条2項",
        is_default=False,
    ),
]

ATTACHMENTS: list[dict[str, Any]] = [
    {
        "key": "budget",
        "label": "歳入歳出予算書（抄本）",
        "is_required": True,
        "may_come_late": True,
        "note": "議会の議決前のときは、案と議決予定日を記したもの",
        "order": 1,
    },
    {
        "key": "rules",
        "label": "プラットフォームの規約・参画団体の名簿",
        "is_required": True,
        "note": "まだないときは、案",
        "order": 2,
    },
    {
        "key": "structure",
        "label": "実施体制図",
        "is_required": False,
        "note": "",
        "order": 3,
    },
]
