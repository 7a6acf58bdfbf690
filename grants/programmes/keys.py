"""What may change by fiscal year, each with its kind, unit and a first value with its source.

The value in force is a row (`models.ProgrammeValue`); what stands here is only how to read it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.access.api import OrganisationKind
from portal.core.dates import JST, deadline_phrase
from portal.core.money import format_number, format_yen, read_decimal, read_integer, read_yen


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` turns stored text into the value (ValueError with what to do); `show` prints it.

    `write` is the text that a form starts with; `read` takes it back. `choices` are all there is.
    """

    name: str
    read: Callable[[str], Any]
    show: Callable[[Any], str]
    help: str
    write: Callable[[Any], str] = str
    choices: tuple[tuple[str, str], ...] = ()


def _read_text(text: str) -> str:
    if not text.strip():
        raise ValueError("入力してください。")
    return text.strip()


def _read_yen(text: str) -> int:
    reading = read_yen(text)
    if reading.value is None:
        raise ValueError(reading.problem)
    return int(reading.value)


def _read_optional_yen(text: str) -> int | None:
    return _read_yen(text) if text.strip() else None


def _read_number(text: str) -> int:
    reading = read_integer(text)
    if reading.value is None or reading.value < 0:
        raise ValueError(reading.problem or "0以上の数にしてください。")
    return int(reading.value)


def _read_rate(text: str) -> Fraction:
    try:
        rate = Fraction(text.strip().replace("／", "/"))
    except (ValueError, ZeroDivisionError):
        raise ValueError("「1/2」のように入力してください。") from None
    if not 0 < rate <= 1:
        raise ValueError("0より大きく1以下にしてください。")
    return rate


def _read_percent(text: str) -> Fraction:
    """A share: «10.95» is 219/2000."""
    reading = read_decimal(text, ("％", "%"), places=4)
    if reading.value is None or not 0 <= reading.value <= 100:
        raise ValueError(reading.problem or "0以上100以下にしてください。")
    return Fraction(reading.value) / 100


def _write_percent(share: Fraction) -> str:
    percent = Decimal((share * 1_000_000).numerator) / 10_000
    return f"{percent.normalize():f}"


def _read_month_day(text: str) -> tuple[int, int]:
    """Month and day of any year; 29 February is none, for not every year has it."""
    month, _, day = text.strip().partition("-")
    try:
        found = date(2001, int(month), int(day))
    except ValueError:
        raise ValueError("「04-10」のように入力してください。") from None
    return found.month, found.day


def _read_month_days(text: str) -> tuple[tuple[int, int], ...]:
    """Several of them between 読点; none is allowed."""
    parts = [part for part in text.replace(",", "、").split("、") if part.strip()]
    return tuple(_read_month_day(part) for part in parts)


def _read_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("「2026-03-13 17:00」のように入力してください。") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=JST)


def _read_bodies(text: str) -> tuple[str, ...]:
    """Kinds of organisation by their names or codes, between commas."""
    codes = {label: code for code, label in OrganisationKind.choices}
    parts = [part.strip() for part in text.replace(",", "、").split("、") if part.strip()]
    found = tuple(codes.get(part, part) for part in parts)
    if not found or not set(found) <= set(OrganisationKind.values):
        raise ValueError(f"{'、'.join(codes)}から選び、読点で区切ってください。")
    return found


def _show_bodies(codes: tuple[str, ...]) -> str:
    return "、".join(str(OrganisationKind(code).label) for code in codes)


def _choice(**labels: str) -> Kind:
    def read(text: str) -> str:
        if text not in labels:
            raise ValueError(f"{'、'.join(labels.values())}から選んでください。")
        return text

    return Kind("choice", read, lambda value: labels[value], "", choices=tuple(labels.items()))


def _several(**labels: str) -> Kind:
    """Any of a closed list, by label or code, between 読点; none of them is allowed."""
    codes = {label: code for code, label in labels.items()}

    def read(text: str) -> tuple[str, ...]:
        parts = [part.strip() for part in text.replace(",", "、").split("、") if part.strip()]
        found = tuple(codes.get(part, part) for part in parts)
        if not set(found) <= set(labels):
            raise ValueError(f"{'、'.join(labels.values())}から選び、読点で区切ってください。")
        return found

    def show(found: tuple[str, ...]) -> str:
        return "、".join(labels[code] for code in found) or "なし"

    def write(found: tuple[str, ...]) -> str:
        return "、".join(labels[code] for code in found)

    help_text = f"{'、'.join(labels.values())}から。読点で区切ります。"
    return Kind("several", read, show, help_text, write)


def _write_rate(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"


TEXT = Kind("text", _read_text, str, "")
YEN = Kind("yen", _read_yen, format_yen, "円", format_number)
OPTIONAL_YEN = Kind(
    "optional_yen",
    _read_optional_yen,
    lambda value: "定めなし" if value is None else format_yen(value),
    "円。空欄は「定めなし」で、0円ではありません。",
    lambda value: "" if value is None else format_number(value),
)
NUMBER = Kind("number", _read_number, str, "")
RATE = Kind("rate", _read_rate, _write_rate, "例：1/2", _write_rate)
PERCENT = Kind("percent", _read_percent, _write_percent, "年に何％か。例：10.95", _write_percent)
MONTH_DAY = Kind(
    "month_day",
    _read_month_day,
    lambda day: f"{day[0]}月{day[1]}日",
    "例：04-10",
    lambda day: f"{day[0]:02}-{day[1]:02}",
)
MOMENT = Kind(
    "moment",
    _read_moment,
    lambda moment: deadline_phrase(moment.astimezone(JST)),
    "日本時間。例：2026-03-13 17:00",
    lambda moment: moment.astimezone(JST).strftime("%Y-%m-%d %H:%M"),
)
MONTH_DAYS = Kind(
    "month_days",
    _read_month_days,
    lambda days: "、".join(f"{month}月{day}日" for month, day in days) or "なし",
    "例：09-30、12-31。なしのときは空欄。",
    lambda days: "、".join(f"{month:02}-{day:02}" for month, day in days),
)
BODIES = Kind("bodies", _read_bodies, _show_bodies, "例：都道府県", _show_bodies)


@dataclass(frozen=True, slots=True)
class Key:
    """`first` is the value a new programme starts with; `source` says where that comes from."""

    name: str
    label: str
    kind: Kind
    first: str
    source: str


_UNCONFIRMED = "交付要綱の確認待ち（同種の交付金の例）"
_ORDER_8 = "適正化法施行令8条"
_FRACTIONS = "国等の債権債務等の金額の端数計算に関する法律2条1項"
_GUIDELINE = "実施要領（令和6年4月3日府孤推第7号）"

_DISPOSALS = (
    "内閣府における補助金等に係る財産処分の承認手続き等について（平成20年府会第393号。確認待ち）"
)

KEYS: tuple[Key, ...] = (
    Key("official_name", "交付金の名称", TEXT, "孤独・孤立対策推進交付金", _GUIDELINE),
    Key("project_name", "事業の名称", TEXT, "地方における孤独・孤立対策推進事業", _GUIDELINE),
    Key("purpose", "目的", TEXT, "地方における孤独・孤立対策の推進", _GUIDELINE + "1"),
    Key("guideline_title", "実施要領", TEXT, _GUIDELINE, _GUIDELINE),
    Key("addressee", "宛名", TEXT, "内閣総理大臣", "適正化法5条"),
    Key("eligible_bodies", "実施主体", BODIES, "prefecture", _GUIDELINE + "2(1)"),
    Key("grant_rate", "交付率", RATE, "1/2", _UNCONFIRMED),
    Key("amount_unit", "交付額の端数を切り捨てる単位（円）", NUMBER, "1000", _UNCONFIRMED),
    Key("base_amount", "基準額（所要額調書のE欄）", OPTIONAL_YEN, "", _UNCONFIRMED),
    Key("grant_cap", "交付額の上限", OPTIONAL_YEN, "", _UNCONFIRMED),
    Key("budget", "予算額", YEN, "0", "予算書"),
    Key("window_opens", "申請の受付開始", MOMENT, "2026-04-03 09:00", _UNCONFIRMED),
    Key("window_closes", "申請の締切", MOMENT, "2026-05-29 17:00", _UNCONFIRMED),
    Key("standard_processing_days", "標準処理期間（日）", NUMBER, "30", _UNCONFIRMED),
    Key("due_soon_days", "期限が近いと示す残りの日数（日）", NUMBER, "7", "内閣府の運用"),
    Key("withdraw_days", "交付申請の取下げの期間（日）", NUMBER, "15", _UNCONFIRMED),
    Key("answer_days", "差戻しへの回答の期間（日）", NUMBER, "14", "内閣府の運用"),
    Key(
        "first_eligible_day",
        "経費が対象になる最初の日",
        _choice(decision="交付決定日", notice="内示日", april="4月1日", prior="事前着手届の日"),
        "decision",
        _UNCONFIRMED,
    ),
    Key(
        "over_allotment",
        "内示額を超える申請の扱い",
        _choice(block="提出できない", warn="注意を表示する"),
        "block",
        _UNCONFIRMED,
    ),
    Key("file_limit_mb", "添付1つの上限（MB）", NUMBER, "25", "内閣府の運用"),
    Key("filing_limit_mb", "添付の合計の上限（MB）", NUMBER, "200", "内閣府の運用"),
    Key("month_due_day", "月報の提出期限（翌月の日）", NUMBER, "10", "契約書の標準例"),
    Key("unusual_percent", "前年度と大きく違うと示す増減（%）", NUMBER, "30", "内閣府の運用"),
    Key(
        "minor_change_percent",
        "承認の要らない経費の配分の変更（軽微な変更）の割合（%以内）",
        NUMBER,
        "20",
        _UNCONFIRMED,
    ),
    Key(
        "minor_change_basis",
        "その割合を掛ける額",
        _choice(
            smaller="増える区分と減る区分の、いずれか少ない方の額",
            source="減る区分の額",
            destination="増える区分の額",
        ),
        "smaller",
        _UNCONFIRMED,
    ),
    Key(
        "minor_change_unit",
        "経費の配分の区分",
        _choice(category="節", activity="取組"),
        "category",
        _UNCONFIRMED,
    ),
    Key(
        "always_approved",
        "いつも承認の要る変更",
        _several(
            amount="交付決定額",
            total="対象経費の増額",
            purpose="目指す姿",
            activities="取組の追加と廃止",
            delivery="実施方法",
            targets="指標の目標の引下げ",
            completion="完了予定日の延長",
        ),
        "交付決定額、対象経費の増額、目指す姿、取組の追加と廃止、実施方法",
        _UNCONFIRMED,
    ),
    Key("progress_dates", "遂行状況報告の基準日", MONTH_DAYS, "09-30、12-31", _UNCONFIRMED),
    Key(
        "progress_due_days",
        "遂行状況報告の期限（基準日の翌日から、日）",
        NUMBER,
        "30",
        _UNCONFIRMED,
    ),
    Key("report_months", "実績報告の期間（完了の日から、月）", NUMBER, "1", _UNCONFIRMED),
    Key(
        "report_counting",
        "その期間の数え方",
        _choice(from_next_day="翌日から数える（初日不算入）", inclusive="その日から起算する"),
        "from_next_day",
        _UNCONFIRMED,
    ),
    Key("report_day", "実績報告の期限の日（翌年度）", MONTH_DAY, "04-10", _UNCONFIRMED),
    Key("unfinished_day", "年度終了の実績報告の期限の日（翌年度）", MONTH_DAY, "04-30", _ORDER_8),
    Key(
        "report_roll",
        "実績報告の期限が閉庁日のとき",
        _choice(
            none="その日のまま", youkou_next="次の開庁日にする", youkou_prev="前の開庁日にする"
        ),
        "none",
        _UNCONFIRMED,
    ),
    Key("interest_rate", "加算金・延滞金の率（年）", PERCENT, "10.95", "適正化法19条"),
    Key("interest_unit", "加算金・延滞金の端数を切り捨てる単位（円）", NUMBER, "1", _FRACTIONS),
    Key(
        "refund_reduces",
        "一部の納付で先に減らす受領額",
        _choice(newest="後に受領した分から", oldest="先に受領した分から"),
        "newest",
        _UNCONFIRMED,
    ),
    Key("refund_due_days", "返還の期限（命令の日の翌日から、日）", NUMBER, "20", _UNCONFIRMED),
    Key("appeal_days", "不服の申出の期間（日）", NUMBER, "30", "適正化法施行令15条"),
    Key(
        "small_contract_ceiling",
        "少額の随意契約の上限（委託など）",
        YEN,
        "2000000",
        "地方自治法施行令別表第五（都道府県、その他の契約、令和7年4月1日から）",
    ),
    Key("officers_keep_days", "役員名簿を保管する期間の上限（日）", NUMBER, "365", _UNCONFIRMED),
    Key(
        "input_tax_due_years",
        "仕入控除税額の報告の期限の年度（何年度後か）",
        NUMBER,
        "2",
        _UNCONFIRMED,
    ),
    Key("input_tax_due_day", "仕入控除税額の報告の期限の日", MONTH_DAY, "06-30", _UNCONFIRMED),
    Key(
        "input_tax_share",
        "仕入控除税額のうち国に返す割合",
        _choice(rate="交付率", actual="確定額の、対象経費の実支出額に対する割合"),
        "rate",
        _UNCONFIRMED,
    ),
    Key("property_threshold", "台帳に載せる財産の単価（円以上）", YEN, "500000", _UNCONFIRMED),
    Key("inventory_day", "現物確認の期限の日（毎年度）", MONTH_DAY, "09-30", "内閣府の運用"),
    Key("blanket_years", "包括承認になるまでの年数（取得の日から、年）", NUMBER, "10", _DISPOSALS),
    Key(
        "blanket_disposals",
        "包括承認になる無償の処分",
        _several(
            divert="転用",
            transfer="譲渡",
            exchange="交換",
            lend="貸付け",
            demolish="取壊し",
            discard="廃棄",
        ),
        "転用、譲渡、貸付け、取壊し、廃棄",
        _DISPOSALS,
    ),
    Key(
        "residual_counting",
        "残存価額の経過の数え方",
        _choice(
            years="年数（1年未満の経過は数えない）",
            months="月数（1月未満の経過は数えない）",
            days="日数",
        ),
        "years",
        _UNCONFIRMED,
    ),
    Key(
        "disposal_return",
        "財産の処分のときに国庫に納付する額",
        _choice(
            higher="残存価額と収入額の、いずれか多い額の国の分", residual="残存価額のうち国の分"
        ),
        "higher",
        _UNCONFIRMED,
    ),
    Key(
        "disposal_report_months",
        "処分の完了の報告の期間（処分の日から、月）",
        NUMBER,
        "1",
        _UNCONFIRMED,
    ),
    Key("receipt_symbol", "受付番号の記号", TEXT, "A", "内閣府の運用"),
)

BY_NAME = {key.name: key for key in KEYS}

# As the page of a year lists them: slug, title, keys.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "names",
        "名称と対象",
        (
            "official_name",
            "project_name",
            "purpose",
            "guideline_title",
            "addressee",
            "eligible_bodies",
        ),
    ),
    (
        "amounts",
        "額の決まり",
        (
            "grant_rate",
            "amount_unit",
            "base_amount",
            "grant_cap",
            "budget",
            "over_allotment",
            "unusual_percent",
        ),
    ),
    (
        "periods",
        "受付と期間",
        (
            "window_opens",
            "window_closes",
            "standard_processing_days",
            "due_soon_days",
            "answer_days",
            "withdraw_days",
            "first_eligible_day",
            "month_due_day",
        ),
    ),
    (
        "changes",
        "変更の承認と遂行状況",
        (
            "minor_change_percent",
            "minor_change_basis",
            "minor_change_unit",
            "always_approved",
            "progress_dates",
            "progress_due_days",
        ),
    ),
    (
        "closing",
        "実績報告と返還",
        (
            "report_months",
            "report_counting",
            "report_day",
            "unfinished_day",
            "report_roll",
            "interest_rate",
            "interest_unit",
            "refund_reduces",
            "refund_due_days",
            "appeal_days",
        ),
    ),
    ("contracts", "契約", ("small_contract_ceiling", "officers_keep_days")),
    (
        "property",
        "仕入控除税額と財産",
        (
            "input_tax_due_years",
            "input_tax_due_day",
            "input_tax_share",
            "property_threshold",
            "inventory_day",
            "blanket_years",
            "blanket_disposals",
            "residual_counting",
            "disposal_return",
            "disposal_report_months",
        ),
    ),
    ("filing", "提出のしかた", ("file_limit_mb", "filing_limit_mb", "receipt_symbol")),
)
