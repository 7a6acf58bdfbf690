"""⑥ 地域協議会の設置 (実施要領3(2)⑥, 法15条).

Cases are counted and never described: what the council hears is under the secrecy of 法18条.
"""

from .building import at_most, distinct, highest, not_before, summed
from .definition import ActivityType, Field, FieldKind, record_table

FORMS = ("単独", "共同")

NAME = Field("title", "協議会の名称", FieldKind.TEXT, required=True, is_key=True)
AS_OF = Field("as_of", "基準日", FieldKind.DATE, required=True, is_key=True)
FORM = Field("form", "設置の形", FieldKind.CHOICE, required=True, choices=FORMS)
ESTABLISHED_ON = Field("established_on", "設置日", FieldKind.DATE)
ANNOUNCED_ON = Field("announced_on", "公示日", FieldKind.DATE)
ANNOUNCEMENT = Field("announcement_number", "公示番号", FieldKind.TEXT)
BODIES = Field("bodies", "構成機関数", unit="機関")
COORDINATOR = Field(
    "coordinator",
    "調整機関",
    FieldKind.TEXT,
    help="指定した調整機関の名称です。1つに限ります（法17条）。",
)
MEETINGS = Field("meetings", "開催回数", unit="回", required=True)
CASES = Field(
    "cases",
    "検討事例数",
    unit="件",
    help="件数だけを入力してください。個人の情報は書けません。",
)
SUPPORTED = Field("cases_supported", "支援決定数", unit="件")

FIELDS = (
    NAME,
    AS_OF,
    FORM,
    ESTABLISHED_ON,
    ANNOUNCED_ON,
    ANNOUNCEMENT,
    BODIES,
    COORDINATOR,
    MEETINGS,
    CASES,
    SUPPORTED,
)
CHECKS = (not_before(ANNOUNCED_ON, ESTABLISHED_ON), at_most(SUPPORTED, CASES))

COUNCIL = ActivityType(
    code="06",
    mark="⑥",
    name="地域協議会の設置",
    short_name="地域協議会",
    clause="3(2)⑥",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        distinct("06.councils", "協議会数", "協議会", NAME),
        highest("06.bodies", BODIES),
        summed("06.meetings", MEETINGS),
        summed("06.cases", CASES),
    ),
    record_spec=record_table("地域協議会実績", FIELDS, CHECKS),
)
