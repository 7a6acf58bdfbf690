"""⑤ 人材確保・育成のための研修 (実施要領3(2)⑤), つながりサポーター養成講座 among them."""

from .building import at_most, mean, ratio, share_of, summed
from .definition import ActivityType, Field, FieldKind, record_table

TITLE = Field("title", "研修の名称", FieldKind.TEXT, required=True, is_key=True)
HELD_ON = Field("held_on", "開催日", FieldKind.DATE, required=True, is_key=True)
SESSIONS = Field("sessions", "回数", unit="回", required=True, aliases=("開催回数",))
CAPACITY = Field("capacity", "定員", unit="人")
APPLICANTS = Field("applicants", "申込者", unit="人")
ATTENDEES = Field("attendees", "受講者", unit="人", required=True)
GRADUATES = Field("graduates", "修了者", unit="人")
UNIQUE = Field("attend_unique", "実人数", unit="人")
TOTAL = Field("attend_total", "延べ人数", unit="人")
HOURS = Field("hours", "研修時間", FieldKind.DECIMAL, "時間", aliases=("時間数",))
UNDERSTANDING = Field("understanding", "理解度", FieldKind.PERCENT, "%")
SUPPORTERS = Field("supporters", "サポーター養成数", unit="人")
ONLINE = Field("online_attendees", "オンラインの受講者", unit="人")
ONLINE_SHARE = share_of("online_share", "オンライン比率", ONLINE, ATTENDEES)

FIELDS = (
    TITLE,
    HELD_ON,
    SESSIONS,
    CAPACITY,
    APPLICANTS,
    ATTENDEES,
    GRADUATES,
    UNIQUE,
    TOTAL,
    HOURS,
    UNDERSTANDING,
    SUPPORTERS,
    ONLINE,
    ONLINE_SHARE,
)
CHECKS = (
    at_most(ATTENDEES, APPLICANTS),
    at_most(GRADUATES, ATTENDEES),
    at_most(UNIQUE, TOTAL),
    at_most(SUPPORTERS, GRADUATES),
    at_most(ONLINE, ATTENDEES),
)

TRAINING = ActivityType(
    code="05",
    mark="⑤",
    name="人材確保・育成のための研修",
    short_name="人材育成の研修",
    clause="3(2)⑤",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        summed("05.sessions", SESSIONS),
        summed("05.attendees", ATTENDEES),
        summed("05.graduates", GRADUATES),
        ratio("05.completion_rate", "修了率", GRADUATES, ATTENDEES),
        summed("05.supporters", SUPPORTERS),
        mean("05.understanding", UNDERSTANDING),
    ),
    record_spec=record_table("研修実績", FIELDS, CHECKS),
)
