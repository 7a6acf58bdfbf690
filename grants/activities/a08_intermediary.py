"""⑧ ⑦の活動を行う団体への支援、いわゆる中間支援 (実施要領3(2)⑧)."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.identifiers import read_corporate_number
from portal.core.money import read_yen

from .building import at_most, highest, summed
from .definition import ActivityType, Check, Field, FieldKind, Row, record_table

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
GRANTEES = Field(
    "grantees",
    "助成先一覧",
    FieldKind.LONG_TEXT,
    help="1行に1団体を、「団体名、法人番号、助成額、他の補助金」の順に「、」で区切って入力します。"
    "法人番号のない団体は「団体名、、500000、なし」のように空けます。"
    "同じ経費に他の国の補助金等を受けていないことを確かめてください（4(3)）。",
)


@dataclass(frozen=True, slots=True)
class Grantee:
    """A body that was supported, with the yen it was given."""

    name: str
    corporate_number: str
    granted_yen: int
    other_funding: str


def grantees_of(text: str) -> list[Grantee]:
    """The bodies of a typed list, one a line. Raises ValueError with the number of a wrong line."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, code, yen, other = ([*map(str.strip, line.split("、")), "", "", ""])[:4]
        amount, known = read_yen(yen).value, read_corporate_number(code)
        if not name or amount is None or amount < 0 or known.problem:
            raise ValueError(number)
        found.append(Grantee(name, known.value or "", amount, other))
    return found


def _wrong_lines(row: Row) -> tuple[str, ...]:
    try:
        grantees_of(str(row.get(GRANTEES.key) or ""))
    except ValueError:
        return (GRANTEES.key,)
    return ()


def _other_sum(row: Row) -> tuple[str, ...]:
    total = row.get(GRANTED.key)
    try:
        listed = grantees_of(str(row.get(GRANTEES.key) or ""))
    except ValueError:
        return ()
    differs = isinstance(total, int) and listed and sum(g.granted_yen for g in listed) != total
    return (GRANTEES.key, GRANTED.key) if differs else ()


FIELDS = (
    TITLE,
    AS_OF,
    SUPPORTED,
    APPLICATIONS,
    GRANTS,
    GRANTED,
    DECIDED,
    ADVICE,
    TRAINED,
    NEW,
    GRANTEES,
)
CHECKS = (
    at_most(GRANTS, APPLICATIONS),
    at_most(GRANTED, DECIDED),
    at_most(NEW, SUPPORTED),
    Check(
        "grantees_form",
        "助成先一覧に読めない行があります。"
        "1行に「団体名、法人番号、助成額、他の補助金」の順で入力してください。",
        (GRANTEES.key,),
        _wrong_lines,
    ),
    Check(
        "grantees_add_up",
        "助成先一覧の額の合計が助成額と違います。一覧か助成額を直してください。",
        (GRANTEES.key, GRANTED.key),
        _other_sum,
    ),
)

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
)
