"""⑧ ⑦の活動を行う団体への支援、いわゆる中間支援 (実施要領3(2)⑧)."""

from .building import at_most, highest, summed
from .definition import ActivityType, Field, FieldKind, ListField, record_table

TITLE = Field("title", "支援の名称", FieldKind.TEXT, required=True, is_key=True)
AS_OF = Field("as_of", "基準日", FieldKind.DATE, required=True, is_key=True)
SUPPORTED = Field(
    "bodies_supported", "支援団体数（実）", unit="団体", required=True, aliases=("支援団体数",)
)
APPLICATIONS = Field("applications", "申請件数", unit="件")
GRANTS = Field("grants", "助成件数", unit="件")
GRANTED = Field("granted_yen", "助成額", FieldKind.YEN, "円")
DECIDED = Field("decided_yen", "決定額", FieldKind.YEN, "円")
ADVICE = Field("advice_sessions", "助言・伴走回数", unit="回")
TRAINED = Field("bodies_trained", "研修受講団体", unit="団体")
NEW = Field("bodies_new", "新規立上げ団体", unit="団体")

FIELDS = (TITLE, AS_OF, SUPPORTED, APPLICATIONS, GRANTS, GRANTED, DECIDED, ADVICE, TRAINED, NEW)
CHECKS = (at_most(GRANTS, APPLICATIONS), at_most(GRANTED, DECIDED), at_most(NEW, SUPPORTED))

INTERMEDIARY = ActivityType(
    code="08",
    mark="⑧",
    name="⑦の活動を行う団体への支援（いわゆる中間支援）",
    short_name="中間支援",
    clause="3(2)⑧",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        highest("08.bodies_supported", SUPPORTED, "支援団体数"),
        summed("08.grants", GRANTS),
        summed("08.granted_yen", GRANTED),
        summed("08.advice_sessions", ADVICE),
        summed("08.bodies_new", NEW),
    ),
    record_spec=record_table("中間支援実績", FIELDS, CHECKS),
    may_subsidise=True,
    lists=(
        ListField(
            "grantees",
            "助成先一覧",
            (
                Field("name", "団体名", FieldKind.TEXT, required=True),
                Field(
                    "corporate_number",
                    "法人番号",
                    FieldKind.TEXT,
                    help="法人番号のない団体は空欄にしてください。",
                ),
                Field("granted_yen", "助成額", FieldKind.YEN, "円", required=True),
                Field("other_funding", "他の補助金", FieldKind.TEXT),
            ),
            help="同じ経費に他の国の補助金等を受けていないことを確かめてください（4(3)）。",
        ),
    ),
)
