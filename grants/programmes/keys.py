"""What may change by fiscal year, each with its kind, unit and a first value with its source.

The value in force is a row (`models.ProgrammeValue`); what stands here is only how to read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .value_kinds import (
    BODIES,
    DAY_SHARES,
    MOMENT,
    MONTH_DAY,
    MONTH_DAYS,
    NAMES,
    NUMBER,
    OPTIONAL_YEN,
    PERCENT,
    RATE,
    TEXT,
    YEN,
    Kind,
    choice,
    several,
)


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
        choice(decision="交付決定日", notice="内示日", april="4月1日", prior="事前着手届の日"),
        "decision",
        _UNCONFIRMED,
    ),
    Key(
        "over_allotment",
        "内示額を超える申請の扱い",
        choice(block="提出できない", warn="注意を表示する"),
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
        choice(
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
        choice(category="節", activity="取組"),
        "category",
        _UNCONFIRMED,
    ),
    Key(
        "always_approved",
        "いつも承認の要る変更",
        several(
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
    Key(
        "progress_gap_points",
        "進捗率と支出した割合の差を注意する値（これを超える、ポイント）",
        NUMBER,
        "20",
        "内閣府の運用",
    ),
    Key("report_months", "実績報告の期間（完了の日から、月）", NUMBER, "1", _UNCONFIRMED),
    Key(
        "report_counting",
        "その期間の数え方",
        choice(from_next_day="翌日から数える（初日不算入）", inclusive="その日から起算する"),
        "from_next_day",
        _UNCONFIRMED,
    ),
    Key("report_day", "実績報告の期限の日（翌年度）", MONTH_DAY, "04-10", _UNCONFIRMED),
    Key("unfinished_day", "年度終了の実績報告の期限の日（翌年度）", MONTH_DAY, "04-30", _ORDER_8),
    Key(
        "accounts_paper",
        "実績報告に付ける歳入歳出決算書（又は決算見込書）の抄本",
        choice(required="必ず要る", optional="任意"),
        "optional",
        _UNCONFIRMED,
    ),
    Key(
        "report_roll",
        "実績報告の期限が閉庁日のとき",
        choice(none="その日のまま", youkou_next="次の開庁日にする", youkou_prev="前の開庁日にする"),
        "none",
        _UNCONFIRMED,
    ),
    Key(
        "carryover_day", "繰越の承認の申出の期限の日（その年度）", MONTH_DAY, "03-10", _UNCONFIRMED
    ),
    Key(
        "carryover_causes",
        "明許繰越の事由",
        NAMES,
        "計画に関する諸条件、設計に関する諸条件、気象の関係、用地の関係、補償処理の困難、資材の入手難、その他のやむを得ない事由",
        "財政法14条の3（事由の区分は確認待ち）",
    ),
    Key(
        "accident_causes",
        "事故繰越の事由",
        NAMES,
        "異常な天然現象、契約の相手方の事故、資材の入手難、その他の避けがたい事故",
        "財政法42条ただし書（事由の区分は確認待ち）",
    ),
    Key(
        "carryover_minister",
        "繰越しを承認する前の財務大臣の承認",
        choice(required="承認の日と番号を記録する", none="記録しない"),
        "required",
        "財政法43条1項",
    ),
    Key("interest_rate", "加算金・延滞金の率（年）", PERCENT, "10.95", "適正化法19条"),
    Key("interest_unit", "加算金・延滞金の端数を切り捨てる単位（円）", NUMBER, "1", _FRACTIONS),
    Key(
        "refund_reduces",
        "一部の納付で先に減らす受領額",
        choice(newest="後に受領した分から", oldest="先に受領した分から"),
        "newest",
        _UNCONFIRMED,
    ),
    Key("refund_due_days", "返還の期限（命令の日の翌日から、日）", NUMBER, "20", _UNCONFIRMED),
    Key("appeal_days", "不服の申出の期間（日）", NUMBER, "30", "適正化法施行令15条"),
    Key("claim_form", "概算払（精算払）請求書の様式", TEXT, "様式第７号", _UNCONFIRMED),
    Key("payment_day", "国の歳出の支払期限の日（翌年度）", MONTH_DAY, "04-30", "予決令4条"),
    Key(
        "small_contract_ceiling",
        "少額の随意契約の上限（委託など）",
        YEN,
        "2000000",
        "地方自治法施行令別表第五（都道府県、その他の契約、令和7年4月1日から）",
    ),
    Key("publish_threshold", "公表で伏せる人数（この数未満、人）", NUMBER, "5", "内閣府の運用"),
    Key(
        "subcontract_depth",
        "再委託を承諾できる段数（契約の下に何段まで）",
        NUMBER,
        "2",
        _UNCONFIRMED,
    ),
    Key("officers_keep_days", "役員名簿を保管する期間の上限（日）", NUMBER, "365", _UNCONFIRMED),
    Key(
        "retention_years",
        "都道府県が帳簿と証拠書類を保存する期間（完了した年度の終了後、年）",
        NUMBER,
        "5",
        _UNCONFIRMED,
    ),
    Key(
        "office_retention_years",
        "内閣府が案件を保存する期間（手続の終わった年度の終了後、年）",
        NUMBER,
        "5",
        "内閣府の保存期間表の確認待ち（公文書管理法施行令の別表の例）",
    ),
    Key(
        "unawarded_retention_years",
        "内閣府が交付に至らなかった申請を保存する期間（手続の終わった年度の終了後、年）",
        NUMBER,
        "5",
        "内閣府の保存期間表の確認待ち（公文書管理法施行令の別表の例）",
    ),
    Key(
        "expiry_measure",
        "満了時措置の案",
        choice(dispose="廃棄", transfer="移管", extend="保存期間の延長"),
        "dispose",
        "内閣府の保存期間表の確認待ち",
    ),
    Key(
        "disclosure_days",
        "開示決定等の期限（請求の日の翌日から、日）",
        NUMBER,
        "30",
        "情報公開法10条1項",
    ),
    Key(
        "reading_days",
        "監査委員などに案件の閲覧を開く期間の上限（日）",
        NUMBER,
        "90",
        "内閣府の運用",
    ),
    Key("disclosure_extension_days", "その延長（日）", NUMBER, "30", "情報公開法10条2項"),
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
        choice(rate="交付率", actual="確定額の、対象経費の実支出額に対する割合"),
        "rate",
        _UNCONFIRMED,
    ),
    Key(
        "input_tax_transition",
        "登録番号のない事業者からの仕入れについて控除する割合（経過措置。仕入れの日により、その後は0）",
        DAY_SHARES,
        "2026-09-30:80、2028-09-30:70、2030-09-30:50、2031-09-30:30",
        "所得税法等の一部を改正する法律（平成28年法律第15号）附則52条、53条（令和8年度税制改正後）",
    ),
    Key(
        "income_report",
        "収益状況報告を求める交付決定",
        choice(
            all="額が確定したすべて",
            conditioned="適正化法7条2項の条件を付したもの",
            none="求めない",
        ),
        "all",
        _UNCONFIRMED,
    ),
    Key(
        "income_first",
        "収益状況報告の最初の年度",
        choice(next="完了した年度の翌年度", same="完了した年度（完了の日の翌日から）"),
        "next",
        _UNCONFIRMED,
    ),
    Key("income_years", "収益状況報告の年数（最初の年度から、年）", NUMBER, "5", _UNCONFIRMED),
    Key("income_due_day", "収益状況報告の期限の日（翌年度）", MONTH_DAY, "06-30", _UNCONFIRMED),
    Key(
        "income_roll",
        "収益状況報告の期限が閉庁日のとき",
        choice(none="その日のまま", youkou_next="次の開庁日にする", youkou_prev="前の開庁日にする"),
        "none",
        _UNCONFIRMED,
    ),
    Key("income_form", "収益状況報告書の様式", TEXT, "様式第12号", _UNCONFIRMED),
    Key(
        "income_deducted",
        "収益納付の計算で収入から控除するもの",
        several(costs="必要経費", own="自己負担額"),
        "必要経費、自己負担額",
        _UNCONFIRMED,
    ),
    Key(
        "income_share",
        "控除した後の収益に乗ずる割合",
        choice(actual="確定額の、総事業費に対する割合", rate="交付率"),
        "actual",
        _UNCONFIRMED,
    ),
    Key(
        "income_threshold",
        "収益納付を要しない額（控除した後の収益の累計が、この額未満のとき）",
        YEN,
        "0",
        _UNCONFIRMED,
    ),
    Key(
        "income_ceiling",
        "収益納付の上限",
        choice(net="確定額から、ほかに国に返す額を除いた額", fixed="確定額"),
        "net",
        _UNCONFIRMED,
    ),
    Key("property_threshold", "台帳に載せる財産の単価（円以上）", YEN, "500000", _UNCONFIRMED),
    Key("inventory_day", "現物確認の期限の日（毎年度）", MONTH_DAY, "09-30", "内閣府の運用"),
    Key("blanket_years", "包括承認になるまでの年数（取得の日から、年）", NUMBER, "10", _DISPOSALS),
    Key(
        "blanket_disposals",
        "包括承認になる無償の処分",
        several(
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
        choice(
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
        choice(
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
