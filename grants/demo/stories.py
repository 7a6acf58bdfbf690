"""What the demo's plans say. Amounts are yen and add up; names are invented."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class LineStory:
    """`delivery` is direct, contract or subsidy; the amount is quantity × price."""

    category: str
    item: str
    basis: str
    delivery: str
    quantity: str
    unit: str
    price: int
    eligible: bool = True
    other: str = "none"


@dataclass(frozen=True)
class ActivityStory:
    type_code: str
    name: str
    content: str
    vision_link: str
    contract_reason: str
    targets: tuple[tuple[str, str, str], ...]
    lines: tuple[LineStory, ...]
    agenda: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class PlanStory:
    issues: str
    vision: str
    measure: str
    platform_lines: tuple[LineStory, ...]
    activities: tuple[ActivityStory, ...]
    incomes: tuple[tuple[str, int], ...] = field(default=())


L = LineStory

_PLATFORM = (
    L("01", "会計年度任用職員", "1人×12月", "direct", "12", "月", 138_000),
    L("04", "共済費", "1人×12月", "direct", "12", "月", 22_000),
    L("07", "会議出席の謝金", "4回×12人", "direct", "48", "人回", 12_500),
    L("08", "委員の旅費", "4回×12人", "direct", "48", "人回", 5_200),
    L("10", "会議資料の印刷", "4回×60部", "direct", "240", "部", 350),
    L("13", "会場使用料", "年4回", "direct", "4", "回", 66_000),
)

_SURVEY = ActivityStory(
    "02",
    "県民の孤独・孤立の実態調査",
    "18歳以上の県民3,000人に郵送とウェブで調査し、地域資源の一覧を作る。"
    "結果をプラットフォームで検討し、次の取組を選ぶ基礎とする。",
    "だれが、どの地域で支えにつながりにくいかを明らかにする。",
    "標本調査の設計と集計には専門の知識と機材が要る。職員が行う場合と比べ、経費が約2割少ない。",
    (("標本数", "3000", "人"), ("有効回答数", "1500", "人")),
    (
        L("12", "調査設計", "設計、調査票の作成", "contract", "1", "式", 880_000),
        L("12", "標本抽出・発送", "3,000人", "contract", "3000", "人", 420),
        L("12", "集計・分析", "", "contract", "1", "式", 1_320_000),
        L("12", "報告書の作成", "500部", "contract", "500", "部", 900),
    ),
)

_CAMPAIGN = ActivityStory(
    "04",
    "声をあげやすい県をつくる普及啓発",
    "相談先の冊子とポスター、動画広告を作り、5月の強化月間に集中して届ける。",
    "支援を求める声をあげやすく、周りが気付きやすい環境をつくる。",
    "",
    (("配布部数", "12000", "部"), ("動画の再生", "80000", "回")),
    (
        L("10", "啓発冊子の印刷", "12,000部", "direct", "12000", "部", 65),
        L("10", "ポスターの印刷", "2,000枚", "direct", "2000", "枚", 110),
        L("11", "動画広告の配信", "6か月", "direct", "6", "月", 120_000),
    ),
)

_TRAINING = ActivityStory(
    "05",
    "つながりサポーター養成講座",
    "市町村職員、民生委員、NPOの職員を対象に、気付きと声かけの講座を6地域で開く。",
    "身近な人の変化に気付き、支えにつなぐ人を増やす。",
    "講座の運営と講師の調整は、県内で実績のある団体に任せる方が参加者を集めやすく、費用も抑えられる。",
    (("開催回数", "24", "回"), ("修了者", "480", "人")),
    (
        L("12", "講師の謝金", "24回", "contract", "24", "回", 45_000),
        L("12", "会場使用料", "24回", "contract", "24", "回", 22_000),
        L("12", "テキストの作成", "800部", "contract", "800", "部", 600),
        L("12", "運営担当者の人件費", "8か月", "contract", "8", "月", 146_500),
    ),
)

_IBASHO = ActivityStory(
    "07",
    "地域の縁側づくり事業（居場所10か所）",
    "単身高齢者、ひとり親、若者の無業者などが予約なしで立ち寄れる居場所を、"
    "生活圏ごとに週3日開く。相談員が月2回同席し、必要な人を市町村の窓口や専門機関につなぐ。",
    "どの地域にも、緩やかなつながりを築ける場がある状態に近づける。",
    "居場所を5年以上運営する団体の人間関係を生かすことで、当事者が通いやすい。"
    "県が直接開く場合と比べ、担当者の経費が約3割少ない。",
    (("拠点数", "10", "か所"), ("参加者（延べ）", "14400", "人"), ("相談", "960", "件")),
    (
        L("12", "居場所の担当者 人件費", "週3日、10か所", "contract", "10", "か所", 624_000),
        L("12", "相談員の謝金", "月2回×12月×10か所", "contract", "240", "回", 9_300),
        L("12", "会場使用料", "月2回×12月×10か所", "contract", "240", "回", 6_500),
        L("10", "案内ちらしの印刷", "A4両面", "direct", "20000", "部", 12),
        L("08", "県職員の現地確認", "年2回×10か所", "direct", "20", "回", 6_240),
        L(
            "10",
            "交流会の食材費",
            "食糧費のため対象外",
            "direct",
            "10",
            "か所",
            42_000,
            eligible=False,
        ),
    ),
    agenda=(0, 1),
)

_SUPPORT = ActivityStory(
    "08",
    "居場所を運営する団体への支援",
    "居場所を新しく始める団体、広げる団体に、立上げの経費を補助する。",
    "活動する民の団体を増やし、担い手の裾野を広げる。",
    "",
    (("支援団体", "8", "団体"),),
    (
        L("18", "立上げの補助", "8団体", "subsidy", "8", "団体", 300_000),
        L("08", "伴走の訪問", "8団体×3回", "direct", "24", "回", 4_200),
    ),
)

_MUNICIPAL = ActivityStory(
    "09",
    "市区町村の後方支援",
    "市町村のプラットフォームと協議会の設置を、助言者の派遣と説明会で支える。",
    "住民に最も近い市町村で、官民の連携が進む状態をつくる。",
    "",
    (("派遣・助言", "20", "回"),),
    (
        L("07", "助言者の派遣", "20回", "direct", "20", "回", 36_000),
        L("08", "市町村の訪問", "60回", "direct", "60", "回", 6_500),
        L("13", "説明会の会場", "4回", "direct", "4", "回", 55_000),
    ),
)

_ISSUES = (
    "単身世帯の増加と移動手段の減少により、地域で人と話す機会が減っている。"
    "令和7年の県民調査では、時々孤独を感じる人が35％を超えた。"
    "相談先は増えたが、声をあげる前の段階で立ち寄れる場が足りない。"
)
_VISION = (
    "3年後に、県内のどの生活圏にも、予約なしで立ち寄れる居場所と、"
    "気付いて声をかける人がいる。行政と民間の団体が対等に課題を出し合い、ともに取り組んでいる。"
)
_MEASURE = "県民調査で孤独を感じる人の割合、居場所のある生活圏の数、プラットフォームの民間の割合。"

DEEP = PlanStory(
    _ISSUES,
    _VISION,
    _MEASURE,
    _PLATFORM,
    (_SURVEY, _CAMPAIGN, _TRAINING, _IBASHO, _MUNICIPAL),
    (("研修のテキスト代", 330_000),),
)
# The same sums: the meetings are prepared and recorded by a 事務局 that is contracted.
DEEP_WITH_SECRETARIAT = replace(
    DEEP,
    platform_lines=(
        *_PLATFORM[:4],
        L("12", "事務局の運営", "会議4回の会場、資料、記録", "contract", "4", "回", 87_000),
    ),
)
MIXED = PlanStory(_ISSUES, _VISION, _MEASURE, _PLATFORM, (_TRAINING, _IBASHO, _SUPPORT, _MUNICIPAL))
LIGHT = (
    PlanStory(_ISSUES, _VISION, _MEASURE, _PLATFORM[:4], (_CAMPAIGN, _MUNICIPAL)),
    PlanStory(_ISSUES, _VISION, _MEASURE, _PLATFORM[:4], (_TRAINING, _CAMPAIGN)),
    PlanStory(_ISSUES, _VISION, _MEASURE, _PLATFORM, (_SURVEY, _SUPPORT, _MUNICIPAL)),
)
