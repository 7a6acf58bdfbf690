"""A form of the shape that offices use, for the tests of reading."""

from portal.spreadsheets.api import Column, Kind, TableSpec

IBASHO = TableSpec(
    "居場所実績報告",
    (
        Column("no", "No", aliases=("番号",), is_ordinal=True),
        Column("municipality_name", "市町村名", required=True),
        Column("lg_code", "団体コード", Kind.LG_CODE, required=True, is_key=True),
        Column("venue", "居場所名", required=True, is_key=True),
        Column("held_on", "開催日", Kind.DATE, required=True, is_key=True),
        Column("sessions", "回数", Kind.COUNT, unit="回", required=True, adds_up=True),
        Column(
            "attend_total",
            "参加者（延）",
            Kind.COUNT,
            aliases=("延べ参加者数",),
            unit="人",
            required=True,
            adds_up=True,
        ),
        Column("attend_new", "うち新規", Kind.COUNT, unit="人", adds_up=True),
        Column("consult_in_person", "相談（来所）", Kind.COUNT, unit="件", adds_up=True),
        Column("consult_phone", "相談（電話）", Kind.COUNT, unit="件", adds_up=True),
        Column("consult_sns", "相談（SNS等）", Kind.COUNT, unit="件", adds_up=True),
        Column("referrals", "つなぎ", Kind.COUNT, unit="件", adds_up=True),
        Column("note", "備考"),
    ),
)
HEADER = [column.label for column in IBASHO.columns]


def row(*, venue: str = "サロン", day: str = "2024/10/5", **values: str) -> list[str]:
    """A good row, with some of its cells replaced."""
    cells = {
        "no": "1",
        "municipality_name": "八王子市",
        "lg_code": "132012",
        "venue": venue,
        "held_on": day,
        "sessions": "1",
        "attend_total": "10",
    }
    return [(cells | values).get(column.key, "") for column in IBASHO.columns]
