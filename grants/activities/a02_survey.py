"""② 孤独・孤立の実態把握や地域資源の調査 (実施要領3(2)②).

The five answers are those of the direct question of the national survey (人々のつながりに関する基礎
調査), so that a prefecture's result can stand beside the nation's.
"""

from .building import at_most, makes_up, ratio, share_of, summed
from .definition import ActivityType, Field, FieldKind, record_table

METHODS = ("郵送", "WEB", "併用", "訪問", "ヒアリング")

TITLE = Field("title", "調査の名称", FieldKind.TEXT, required=True, is_key=True)
STARTED_ON = Field("started_on", "調査開始日", FieldKind.DATE, required=True, is_key=True)
METHOD = Field("method", "手法", FieldKind.CHOICE, required=True, choices=METHODS)
POPULATION = Field("population", "母集団数", unit="人")
SAMPLE = Field("sample", "標本数", unit="人")
COLLECTED = Field("collected", "回収数", unit="人")
VALID = Field("valid", "有効回答数", unit="人")
RESPONSE_RATE = share_of("response_rate", "回収率", COLLECTED, SAMPLE)
ALWAYS = Field("lonely_always", "孤独感（しばしば・常にある）", unit="人")
SOMETIMES = Field("lonely_sometimes", "孤独感（時々ある）", unit="人")
OCCASIONALLY = Field("lonely_occasionally", "孤独感（たまにある）", unit="人")
RARELY = Field("lonely_rarely", "孤独感（ほとんどない）", unit="人")
NEVER = Field("lonely_never", "孤独感（決してない）", unit="人")
NO_ANSWER = Field("lonely_no_answer", "孤独感（無回答）", unit="人")
RESOURCES = Field("resources", "資源リスト件数", unit="件", aliases=("地域資源の件数",))
REPORTED_ON = Field("reported_on", "報告書公表日", FieldKind.DATE)

LONELINESS = (ALWAYS, SOMETIMES, OCCASIONALLY, RARELY, NEVER, NO_ANSWER)
FIELDS = (
    TITLE,
    STARTED_ON,
    METHOD,
    POPULATION,
    SAMPLE,
    COLLECTED,
    VALID,
    RESPONSE_RATE,
    *LONELINESS,
    RESOURCES,
    REPORTED_ON,
)
CHECKS = (
    at_most(SAMPLE, POPULATION),
    at_most(COLLECTED, SAMPLE),
    at_most(VALID, COLLECTED),
    makes_up(LONELINESS, VALID),
)

SURVEY = ActivityType(
    code="02",
    mark="②",
    name="孤独・孤立の実態把握や地域資源の調査",
    short_name="実態把握・資源調査",
    clause="3(2)②",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        summed("02.valid", VALID),
        ratio("02.response_rate", "回収率", COLLECTED, SAMPLE),
        summed("02.resources", RESOURCES),
    ),
    record_spec=record_table("実態把握・資源調査実績", FIELDS, CHECKS),
)
