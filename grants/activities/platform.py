"""地方版官民連携プラットフォーム (実施要領3(1), 法11条): its meetings and who takes part."""

from .building import at_most, highest, share_of, summed, total_of
from .definition import ActivityType, Field, FieldKind, record_table

TITLE = Field("title", "会議の名称", FieldKind.TEXT, required=True, is_key=True)
HELD_ON = Field("held_on", "開催日", FieldKind.DATE, required=True, is_key=True)
MEETINGS = Field("meetings", "会議回数", unit="回", required=True, aliases=("開催回数",))
PUBLIC = Field("public_members", "参画団体（官）", unit="団体", required=True, is_standing=True)
PRIVATE = Field("private_members", "参画団体（民）", unit="団体", required=True, is_standing=True)
MEMBERS = total_of("members", "参画団体数", "団体", (PUBLIC, PRIVATE))
PRIVATE_SHARE = share_of("private_share", "民間比率", PRIVATE, MEMBERS)
NEW = Field("new_members", "新規参画数", unit="団体")
SECTIONS = Field("sections", "分科会数", unit="分科会", is_standing=True)
AGENDA = Field("agenda_items", "議題数", unit="件")
AGREEMENTS = Field("agreements", "合意・協働事業数", unit="件")
JOINED = Field("municipalities_joined", "市町村参加数", unit="市町村", is_standing=True)
WITHIN = Field(
    "municipalities_within",
    "管内の市町村数",
    unit="市町村",
    is_standing=True,
    help="特別区を含みます。",
)

FIELDS = (
    TITLE,
    HELD_ON,
    MEETINGS,
    PUBLIC,
    PRIVATE,
    MEMBERS,
    PRIVATE_SHARE,
    NEW,
    SECTIONS,
    AGENDA,
    AGREEMENTS,
    JOINED,
    WITHIN,
)
CHECKS = (at_most(NEW, MEMBERS), at_most(JOINED, WITHIN))

PLATFORM = ActivityType(
    code="PF",
    mark="PF",
    name="地方版官民連携プラットフォームの構築",
    short_name="官民連携プラットフォーム",
    clause="3(1)",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        summed("PF.meetings", MEETINGS),
        highest("PF.members", MEMBERS),
        highest("PF.private_share", PRIVATE_SHARE),
        summed("PF.new_members", NEW),
        summed("PF.agreements", AGREEMENTS),
        highest("PF.municipalities", JOINED),
    ),
    record_spec=record_table("官民連携プラットフォーム実績", FIELDS, CHECKS),
)
