"""① 孤独・孤立対策の取組方針の作成 (実施要領3(2)①): how far it has come, and who took part."""

from .building import at_most, highest, needed_for, not_before, summed
from .definition import ActivityType, Field, FieldKind, record_table

STAGES = ("検討", "素案", "パブコメ", "決定", "公表")

TITLE = Field("title", "方針の名称", FieldKind.TEXT, required=True, is_key=True)
AS_OF = Field("as_of", "基準日", FieldKind.DATE, required=True, is_key=True)
STAGE = Field("stage", "段階", FieldKind.CHOICE, required=True, choices=STAGES)
MEETINGS = Field("meetings", "検討会回数", unit="回", aliases=("開催回数",))
MEMBERS = Field("committee_members", "委員数", unit="人")
CONCERNED = Field(
    "concerned_members",
    "当事者委員数",
    unit="人",
    aliases=("うち当事者委員",),
    help="当事者や家族等である委員の数です。",
)
COMMENT_DAYS = Field("comment_days", "パブコメ期間", unit="日", maximum=366)
COMMENTS = Field("comments", "意見数", unit="件")
DECIDED_ON = Field("decided_on", "決定日", FieldKind.DATE)
PUBLISHED_ON = Field("published_on", "公表日", FieldKind.DATE)
URL = Field("url", "公表先のURL", FieldKind.TEXT)
REVISION = Field("next_revision", "改定時期", FieldKind.TEXT, help="例：令和11年度")

FIELDS = (
    TITLE,
    AS_OF,
    STAGE,
    MEETINGS,
    MEMBERS,
    CONCERNED,
    COMMENT_DAYS,
    COMMENTS,
    DECIDED_ON,
    PUBLISHED_ON,
    URL,
    REVISION,
)
CHECKS = (
    at_most(CONCERNED, MEMBERS),
    not_before(PUBLISHED_ON, DECIDED_ON),
    needed_for(DECIDED_ON, STAGE, ("決定", "公表")),
    needed_for(PUBLISHED_ON, STAGE, ("公表",)),
)

POLICY = ActivityType(
    code="01",
    mark="①",
    name="孤独・孤立対策の取組方針の作成",
    short_name="取組方針",
    clause="3(2)①",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        summed("01.meetings", MEETINGS),
        highest("01.committee_members", MEMBERS),
        highest("01.concerned_members", CONCERNED),
        summed("01.comments", COMMENTS),
    ),
    record_spec=record_table("取組方針の作成実績", FIELDS, CHECKS),
)
