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


class ContractState(models.TextChoices):
    DRAFT = "draft", "準備中"
    IN_FORCE = "in_force", "契約中"
    ENDED = "ended", "終了"
    CANCELLED = "cancelled", "取りやめ"


class ContractKind(models.TextChoices):
    CONTRACT = "contract", "委託"
    SUBSIDY = "subsidy", "間接補助"


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
