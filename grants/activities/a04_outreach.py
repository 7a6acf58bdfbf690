"""④ 住民への情報発信や普及啓発活動 (実施要領3(2)④)."""

from .building import at_most, ratio, summed
from .definition import ActivityType, Field, FieldKind, record_table

MEDIA = ("印刷", "SNS", "動画", "放送", "イベント", "HP")

TITLE = Field("title", "件名", FieldKind.TEXT, required=True, is_key=True)
PUBLISHED_ON = Field(
    "published_on", "実施日", FieldKind.DATE, required=True, is_key=True, aliases=("発信日",)
)
MEDIUM = Field("medium", "媒体", FieldKind.CHOICE, required=True, is_key=True, choices=MEDIA)
COPIES = Field("copies", "部数", unit="部")
DESTINATIONS = Field("destinations", "配布先数", unit="か所")
IMPRESSIONS = Field("impressions", "表示回数", unit="回")
CLICKS = Field("clicks", "クリック数", unit="回")
PLAYS = Field("plays", "動画再生回数", unit="回")
VISITORS = Field("visitors", "イベント来場者", unit="人")
MONTH = Field(
    "awareness_month",
    "強化月間の取組",
    FieldKind.YES_NO,
    help="5月の孤独・孤立対策強化月間の取組かどうかです。",
)

FIELDS = (
    TITLE,
    PUBLISHED_ON,
    MEDIUM,
    COPIES,
    DESTINATIONS,
    IMPRESSIONS,
    CLICKS,
    PLAYS,
    VISITORS,
    MONTH,
)
CHECKS = (at_most(CLICKS, IMPRESSIONS),)

OUTREACH = ActivityType(
    code="04",
    mark="④",
    name="住民への情報発信や普及啓発活動",
    short_name="情報発信・普及啓発",
    clause="3(2)④",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        summed("04.copies", COPIES),
        summed("04.impressions", IMPRESSIONS),
        ratio("04.click_rate", "クリック率", CLICKS, IMPRESSIONS),
        summed("04.plays", PLAYS),
        summed("04.visitors", VISITORS),
    ),
    record_spec=record_table("情報発信・普及啓発実績", FIELDS, CHECKS),
)
