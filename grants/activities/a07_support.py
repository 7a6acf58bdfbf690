"""⑦ 相談体制の整備や居場所の設置、交流機会の創出など当事者等への支援 (実施要領3(2)⑦).

One record is one place on one day; two meetings there on one day are told apart by 枝番・時刻. The
file form begins with the thirteen columns that offices already use; what few count follows them.
"""

from portal.spreadsheets.api import Column

from .building import at_most, average_of, distinct, makes_up, summed, total_of
from .definition import ActivityType, Field, FieldKind, record_table

MUNICIPALITY = Field(
    "municipality_name",
    "市町村名",
    FieldKind.TEXT,
    required=True,
    aliases=("市区町村名", "市区町村", "市町村", "自治体名"),
)
LG_CODE = Field(
    "lg_code",
    "団体コード",
    FieldKind.LG_CODE,
    required=True,
    is_key=True,
    aliases=("市町村コード", "市区町村コード", "自治体コード", "地方公共団体コード"),
)
VENUE = Field(
    "venue",
    "居場所名",
    FieldKind.TEXT,
    required=True,
    is_key=True,
    aliases=("拠点名", "会場", "会場名", "居場所の名称"),
)
HELD_ON = Field(
    "held_on",
    "開催日",
    FieldKind.DATE,
    required=True,
    is_key=True,
    aliases=("実施日", "開設日", "年月日"),
)
OCCURRENCE = Field(
    "occurrence",
    "枝番・時刻",
    FieldKind.TEXT,
    is_key=True,
    aliases=("枝番", "時刻", "開始時刻", "時間帯"),
    help="同じ日に同じ場所で2回以上開いたときに、区別するために入力します。",
)
SESSIONS = Field("sessions", "回数", unit="回", required=True, aliases=("開催回数", "実施回数"))
TOTAL = Field(
    "attend_total",
    "参加者（延）",
    unit="人",
    required=True,
    aliases=("参加者（延べ）", "参加者延べ", "延べ参加者数", "参加者数", "参加者"),
)
NEW = Field("attend_new", "うち新規", unit="人", aliases=("新規参加者", "新規", "新規参加者数"))
IN_PERSON = Field("consult_in_person", "相談（来所）", unit="件", aliases=("来所相談",))
PHONE = Field("consult_phone", "相談（電話）", unit="件", aliases=("電話相談",))
SNS = Field("consult_sns", "相談（SNS等）", unit="件", aliases=("相談（SNS）", "SNS相談"))
REFERRALS = Field(
    "referrals",
    "つなぎ",
    unit="件",
    aliases=("つなぎ件数", "専門機関へのつなぎ", "他機関へのつなぎ"),
    help="専門の機関や団体につないだ件数です。",
)
NOTE = Field("note", "備考", FieldKind.LONG_TEXT, help="個人の名前や電話番号は書かないでください。")

UNIQUE = Field("attend_unique", "参加者（実）", unit="人", is_detail=True)
OPEN_DAYS = Field("open_days", "開設日数", unit="日", is_detail=True, maximum=366)
PERIOD_DAYS = Field("period_days", "期間の日数", unit="日", is_detail=True, maximum=366)
AGES = (
    Field("age_under_20", "20歳未満", unit="人", is_detail=True),
    Field("age_20s", "20代", unit="人", is_detail=True),
    Field("age_30s", "30代", unit="人", is_detail=True),
    Field("age_40s", "40代", unit="人", is_detail=True),
    Field("age_50s", "50代", unit="人", is_detail=True),
    Field("age_60s", "60代", unit="人", is_detail=True),
    Field("age_70_over", "70歳以上", unit="人", is_detail=True),
    Field("age_unknown", "年代不明", unit="人", is_detail=True),
)
VISITING = Field("consult_visit", "相談（訪問）", unit="件", is_detail=True)
MAIL = Field("consult_mail", "相談（メール）", unit="件", is_detail=True)
ONLINE = Field("consult_online", "相談（オンライン）", unit="件", is_detail=True)
CONSULTATIONS = total_of(
    "consultations", "相談件数", "件", (IN_PERSON, PHONE, VISITING, SNS, MAIL, ONLINE)
)
NEW_CONSULTATIONS = Field("consult_new", "新規相談", unit="件", is_detail=True)
AVERAGE = average_of("attend_average", "1回平均の参加者", "人", TOTAL, SESSIONS)
STAFF = Field("staff_days", "スタッフ（延べ）", FieldKind.DECIMAL, "人日", is_detail=True)

FIELDS = (
    MUNICIPALITY,
    LG_CODE,
    VENUE,
    HELD_ON,
    SESSIONS,
    TOTAL,
    NEW,
    IN_PERSON,
    PHONE,
    SNS,
    REFERRALS,
    NOTE,
    OCCURRENCE,
    UNIQUE,
    OPEN_DAYS,
    PERIOD_DAYS,
    *AGES,
    VISITING,
    MAIL,
    ONLINE,
    CONSULTATIONS,
    NEW_CONSULTATIONS,
    AVERAGE,
    STAFF,
)
CHECKS = (
    at_most(NEW, TOTAL),
    at_most(UNIQUE, TOTAL),
    at_most(NEW, UNIQUE),
    makes_up(AGES, TOTAL),
    at_most(NEW_CONSULTATIONS, CONSULTATIONS),
    at_most(OPEN_DAYS, PERIOD_DAYS),
)


_NUMBER = Column("no", "No", aliases=("番号", "通番", "連番", "項番"), is_ordinal=True)

SUPPORT = ActivityType(
    code="07",
    mark="⑦",
    name="相談体制の整備や居場所の設置、交流機会の創出など当事者等への支援",
    short_name="相談・居場所・交流",
    clause="3(2)⑦",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        distinct("07.sites", "拠点数", "か所", LG_CODE, VENUE),
        summed("07.sessions", SESSIONS, "開催回数"),
        summed("07.attend_total", TOTAL, "参加者（延べ）"),
        summed("07.attend_new", NEW, "新規の参加者"),
        summed("07.consultations", CONSULTATIONS),
        summed("07.referrals", REFERRALS, "専門機関へのつなぎ"),
    ),
    record_spec=record_table("居場所実績報告", FIELDS, CHECKS, first=(_NUMBER,)),
    may_subsidise=True,
)
