"""⑨ 管内市区町村の後方支援 (実施要領3(2)⑨)."""

import re

from portal.core.identifiers import is_local_government_code
from portal.core.text import fold_for_numbers

from .building import at_most, highest, summed
from .definition import ActivityType, Check, Field, FieldKind, Row, record_table

TITLE = Field("title", "支援の名称", FieldKind.TEXT, required=True, is_key=True)
AS_OF = Field("as_of", "基準日", FieldKind.DATE, required=True, is_key=True)
TARGETS = Field("municipalities", "対象市区町村数", unit="市区町村", required=True)
WITHIN = Field("municipalities_within", "管内の市区町村数", unit="市区町村")
CONSULTATIONS = Field("consultations", "相談対応", unit="件")
DISPATCHES = Field("dispatches", "派遣・助言", unit="回")
BRIEFINGS = Field("briefings", "説明会", unit="回")
BRIEFED = Field("municipalities_briefed", "説明会の参加市区町村", unit="市区町村")
PLATFORMS = Field("platforms_new", "新規PF設置市区町村", unit="市区町村")
COUNCILS = Field("councils_new", "新規協議会", unit="協議会")
CODES = Field(
    "municipality_codes",
    "支援した市区町村のコード",
    FieldKind.LONG_TEXT,
    help="6桁の団体コードを「、」で区切って入力します。",
)


def municipality_codes(text: str) -> list[str]:
    """The codes in a typed list, whatever separates them."""
    return [
        code for code in re.split(r"[^0-9]+", fold_for_numbers(text.replace("\n", "、"))) if code
    ]


def _wrong_codes(row: Row) -> tuple[str, ...]:
    codes = municipality_codes(str(row.get(CODES.key) or ""))
    return (CODES.key,) if not all(map(is_local_government_code, codes)) else ()


def _codes_beyond_count(row: Row) -> tuple[str, ...]:
    codes = set(municipality_codes(str(row.get(CODES.key) or "")))
    count = row.get(TARGETS.key)
    return (CODES.key, TARGETS.key) if isinstance(count, int) and len(codes) > count else ()


FIELDS = (
    TITLE,
    AS_OF,
    TARGETS,
    WITHIN,
    CONSULTATIONS,
    DISPATCHES,
    BRIEFINGS,
    BRIEFED,
    PLATFORMS,
    COUNCILS,
    CODES,
)
CHECKS = (
    at_most(TARGETS, WITHIN),
    at_most(BRIEFED, WITHIN),
    at_most(PLATFORMS, WITHIN),
    Check(
        "municipality_codes_valid",
        "団体コードでない番号があります。6桁の団体コードを確かめて直してください。",
        (CODES.key,),
        _wrong_codes,
    ),
    Check(
        "municipality_codes_within_municipalities",
        "コードの数が対象市区町村数より多くなっています。どちらかを直してください。",
        (CODES.key, TARGETS.key),
        _codes_beyond_count,
    ),
)

MUNICIPALITIES = ActivityType(
    code="09",
    mark="⑨",
    name="管内市区町村の後方支援",
    short_name="市区町村の後方支援",
    clause="3(2)⑨",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(
        highest("09.municipalities", TARGETS),
        summed("09.consultations", CONSULTATIONS),
        summed("09.dispatches", DISPATCHES),
        summed("09.briefings", BRIEFINGS),
        summed("09.platforms_new", PLATFORMS),
        summed("09.councils_new", COUNCILS),
    ),
    record_spec=record_table("市区町村の後方支援実績", FIELDS, CHECKS),
)
