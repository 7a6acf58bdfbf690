"""③ 関係者間の活動等に係る情報共有や相互啓発活動 (実施要領3(2)③)."""

from .building import highest, mean, summed
from .definition import ActivityType, Field, FieldKind, record_table

TITLE = Field("title", "催しの名称", FieldKind.TEXT, required=True, is_key=True)
HELD_ON = Field("held_on", "開催日", FieldKind.DATE, required=True, is_key=True)
SESSIONS = Field("sessions", "開催回数", unit="回", required=True, aliases=("回数",))
ORGANISATIONS = Field("organisations", "参加団体数（実）", unit="団体", required=True)
PARTICIPANTS = Field("participants", "参加者（延べ）", unit="人", aliases=("参加者延べ",))
CASES = Field("cases_shared", "事例共有数", unit="件")
MAILINGS = Field("mailings", "メールマガジン等の配信回数", unit="回", aliases=("配信回数",))
SATISFACTION = Field("satisfaction", "満足度", FieldKind.PERCENT, "%")
COLLABORATIONS = Field("collaborations", "連携創出件数", unit="件")

FIELDS = (
    TITLE,
    HELD_ON,
    SESSIONS,
    ORGANISATIONS,
    PARTICIPANTS,
    CASES,
    MAILINGS,
    SATISFACTION,
    COLLABORATIONS,
)

EXCHANGE = ActivityType(
    code="03",
    mark="③",
    name="関係者間の活動等に係る情報共有や相互啓発活動",
    short_name="情報共有・相互啓発",
    clause="3(2)③",
    fields=FIELDS,
    checks=(),
    indicators=(
        summed("03.sessions", SESSIONS),
        highest("03.organisations", ORGANISATIONS),
        summed("03.participants", PARTICIPANTS),
        summed("03.cases_shared", CASES),
        mean("03.satisfaction", SATISFACTION),
        summed("03.collaborations", COLLABORATIONS),
    ),
    record_spec=record_table("情報共有・相互啓発実績", FIELDS, ()),
)
