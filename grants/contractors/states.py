from django.db import models


class BodyType(models.TextChoices):
    NPO = "npo", "特定非営利活動法人"
    SOCIAL_WELFARE = "social_welfare", "社会福祉法人"
    SOCIAL_COUNCIL = "social_council", "社会福祉協議会"
    ASSOCIATION = "association", "一般社団法人・一般財団法人"
    PUBLIC_INTEREST = "public_interest", "公益社団法人・公益財団法人"
    COMPANY = "company", "会社"
    COOPERATIVE = "cooperative", "協同組合"
    SCHOOL = "school", "学校法人"
    MUNICIPALITY = "municipality", "市区町村"
    UNINCORPORATED = "unincorporated", "法人格のない団体"
    OTHER = "other", "その他"


class CheckKind(models.TextChoices):
    """The three grounds of exclusion (要領2(2)); each needs its own finding."""

    RELIGIOUS = "religious", "宗教活動を主たる目的とする団体"
    POLITICAL = "political", "政治活動を主たる目的とする団体"
    ORGANISED_CRIME = "organised_crime", "暴力団又は暴力団員の統制の下にある団体"


class CheckResult(models.TextChoices):
    """`clear` is the negative finding that a contract needs."""

    CLEAR = "clear", "非該当"
    EXCLUDED = "excluded", "該当"
    UNDECIDED = "undecided", "要協議"


class CheckPaper(models.TextChoices):
    """What a negative finding rests on; which of it is asked for is data of the programme."""

    PLEDGE = "pledge", "誓約書"
    EVIDENCE = "evidence", "資料又は確認の出所"


class ContractState(models.TextChoices):
    DRAFT = "draft", "準備中"
    IN_FORCE = "in_force", "契約中"
    ENDED = "ended", "終了"
    TERMINATED = "terminated", "解除"
    CANCELLED = "cancelled", "取りやめ"


# States of a contract that binds or has bound both sides.
CONCLUDED = frozenset({ContractState.IN_FORCE, ContractState.ENDED, ContractState.TERMINATED})


class ContractKind(models.TextChoices):
    CONTRACT = "contract", "委託"
    SUBSIDY = "subsidy", "間接補助"


class SubsidyBasis(models.TextChoices):
    """How the body's own 要綱 reckons an indirect subsidy."""

    RATE = "rate", "補助率による"
    FIXED = "fixed", "定額"


class Method(models.TextChoices):
    """地方自治法234条: open competition is the rule, the others where the order allows them."""

    GENERAL = "GEN", "一般競争入札"
    DESIGNATED = "DES", "指名競争入札"
    PROPOSAL = "PRO", "公募型プロポーザル・企画競争"
    NEGOTIATED = "NEG", "随意契約"


class Ground(models.TextChoices):
    """地方自治法施行令167条の2第1項の各号, shortened."""

    G1 = "1", "1号 少額"
    G2 = "2", "2号 性質又は目的が競争入札に適しない"
    G3 = "3", "3号 障害者支援施設等から規則の手続による"
    G4 = "4", "4号 新商品・新役務の認定を受けた者"
    G5 = "5", "5号 緊急の必要"
    G6 = "6", "6号 競争入札が不利"
    G7 = "7", "7号 時価に比べ著しく有利"
    G8 = "8", "8号 入札者又は落札者がない"
    G9 = "9", "9号 落札者が契約を結ばない"


class Settlement(models.TextChoices):
    """精算方式: what is paid, and whether the spending is looked at piece by piece."""

    FIXED = "fixed", "総価契約（契約額を支払う）"
    UNIT = "unit", "単価契約（実績の数量に単価を掛けて支払う）"
    ACTUAL = "actual", "概算契約（かかった経費を精算する）"


class Interval(models.IntegerChoices):
    """How many months one report covers; counted from April, so that quarters are the year's own."""

    MONTHLY = 1, "毎月"
    BIMONTHLY = 2, "2か月ごと"
    QUARTERLY = 3, "四半期ごと"
    HALF_YEARLY = 6, "半年ごと"
    ONCE = 12, "年度に1回"


class TaxStatus(models.TextChoices):
    """Whether the contract's amount holds consumption tax; what the supplier is, is theirs to say."""

    TAXABLE = "taxable", "課税（契約額は税込み）"
    EXEMPT = "exempt", "非課税・不課税"


class TerminationGround(models.TextChoices):
    AGREED = "agreed", "合意による解除"
    BREACH = "breach", "債務の不履行"
    EXCLUDED = "excluded", "除外団体に当たることが分かった"
    CLOSED = "closed", "相手方の解散・事業の廃止"
    OTHER = "other", "その他"


class InvoiceKind(models.TextChoices):
    """What is asked for. A return goes the other way and counts as less than nothing paid."""

    ADVANCE = "advance", "前金払・概算払"
    PART = "part", "部分払"
    FINAL = "final", "完了払・精算払"
    RETURN = "return", "戻入（概算払の返納）"


class InvoiceState(models.TextChoices):
    DRAFT = "draft", "作成中"
    BILLED = "billed", "請求済み"
    SENT_BACK = "sent_back", "差戻し"
    PAYABLE = "payable", "支払待ち"
    PAID = "paid", "支払済み"
    WITHDRAWN = "withdrawn", "取下げ"


class AcceptanceKind(models.TextChoices):
    """検査 of 地方自治法234条の2: of the whole, or of what was done so far."""

    COMPLETION = "completion", "完了検査"
    PART = "part", "出来高検査"


class AcceptanceResult(models.TextChoices):
    PASSED = "passed", "合格"
    REWORK = "rework", "手直しを求める"


class FundingStage(models.TextChoices):
    START = "start", "着手時"
    COMPLETION = "completion", "完了時"


class FundingKind(models.TextChoices):
    """Other money for the same expense; national money for it is what 要領4(3) forbids."""

    NATIONAL = "national", "国の補助金等"
    PREFECTURE = "prefecture", "都道府県の補助金"
    MUNICIPAL = "municipal", "市区町村の補助金"
    FOUNDATION = "foundation", "民間の助成金"
    INCOME = "income", "参加費・寄附金"


class PaperKind(models.TextChoices):
    INVOICE = "invoice", "請求書"
    INSPECTION = "inspection", "検査調書"
    COMPLETION = "completion", "完了届"
    INCIDENT = "incident", "事故報告書"
    ACHIEVEMENT = "achievement", "補助事業実績報告書"
    FIXING = "fixing", "額の確定調書"
    SUB_REQUEST = "sub_request", "再委託承諾願"
    SUB_CONSENT = "sub_consent", "再委託承諾書"


# What the prefecture says of a contract; the other papers are the contractor's.
OF_PREFECTURE = frozenset({PaperKind.INSPECTION, PaperKind.FIXING, PaperKind.SUB_CONSENT})


class IncidentKind(models.TextChoices):
    INJURY = "injury", "けが・急病"
    DATA_LEAK = "data_leak", "個人情報の漏えい・紛失"
    PROPERTY = "property", "物の損壊・盗難"
    OTHER = "other", "その他"
