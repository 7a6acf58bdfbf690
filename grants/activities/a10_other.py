"""⑩ その他内閣府が必要と認める取組 (実施要領3(2)⑩).

Its figures are its own: the plan names them, with unit and target, and every record gives a result for
each. Without the Cabinet Office's approval, with number and date, it cannot be decided on.
"""

from portal.core.identifiers import read_document_number

from .building import not_before, summed
from .definition import ActivityType, Check, Field, FieldKind, Row, record_table

TITLE = Field("title", "取組の名称", FieldKind.TEXT, required=True, is_key=True)
HELD_ON = Field("held_on", "実施日", FieldKind.DATE, required=True, is_key=True)
APPROVED_ON = Field("approved_on", "内閣府の承認日", FieldKind.DATE, required=True)
APPROVAL = Field(
    "approval_number",
    "内閣府の承認の文書番号",
    FieldKind.TEXT,
    required=True,
    help="例：府孤推第７号",
)
SESSIONS = Field("sessions", "実施回数", unit="回", aliases=("開催回数", "回数"))
PEOPLE = Field("people", "対象人数", unit="人")
RESULT = Field("result", "成果", FieldKind.LONG_TEXT, required=True)


def _wrong_number(row: Row) -> tuple[str, ...]:
    number = row.get(APPROVAL.key)
    return (APPROVAL.key,) if number and not read_document_number(str(number)).is_ok else ()


FIELDS = (TITLE, HELD_ON, APPROVED_ON, APPROVAL, SESSIONS, PEOPLE, RESULT)
CHECKS = (
    not_before(HELD_ON, APPROVED_ON),
    Check(
        "approval_number_form",
        "文書番号の形が違います。「府孤推第７号」のように、記号と番号で入力してください。",
        (APPROVAL.key,),
        _wrong_number,
    ),
)

OTHER = ActivityType(
    code="10",
    mark="⑩",
    name="その他内閣府が必要と認める取組",
    short_name="その他の取組",
    clause="3(2)⑩",
    fields=FIELDS,
    checks=CHECKS,
    indicators=(summed("10.sessions", SESSIONS), summed("10.people", PEOPLE)),
    record_spec=record_table("その他の取組実績", FIELDS, CHECKS),
    has_own_indicators=True,
)
