from django.db import models


class PlatformForm(models.TextChoices):
    """The three forms of 要領4(1)③; the last two name the body they use."""

    NEW = "new", "新設"
    EXTENDED = "extended", "既存の会議体への機能の追加"
    SUBCOMMITTEE = "subcommittee", "既存の会議体を分科会として組込み"


class Side(models.TextChoices):
    PUBLIC = "public", "行政"
    PRIVATE = "private", "民間"


class LifeStage(models.TextChoices):
    CHILDREN = "children", "子ども"
    YOUTH = "youth", "若者"
    PARENTS = "parents", "子育て世帯"
    WORKING = "working", "働く世代"
    OLDER = "older", "高齢者"
    ALL = "all", "すべて"


class BodyKind(models.TextChoices):
    GOVERNMENT = "government", "行政機関"
    WELFARE_COUNCIL = "welfare_council", "社会福祉協議会"
    NPO = "npo", "NPO"
    COMPANY = "company", "企業・経済団体"
    SCHOOL = "school", "学校・教育機関"
    MEDICAL = "medical", "医療・保健"
    COMMUNITY = "community", "地縁団体"
    PEERS = "peers", "当事者団体"
    OTHER = "other", "その他"


class Field(models.TextChoices):
    """What a body works on; wide enough that a gap says something (要領4(1)②)."""

    PLACE = "place", "居場所"
    CONSULTATION = "consultation", "相談支援"
    WELFARE = "welfare", "地域福祉"
    CHILDREN = "children", "子ども・子育て"
    YOUTH = "youth", "若者・ひきこもり"
    OLDER = "older", "高齢者・介護"
    DISABILITY = "disability", "障害"
    LIVELIHOOD = "livelihood", "生活困窮・就労"
    HOUSING = "housing", "住まい・見守り"
    HEALTH = "health", "保健・医療"
    EDUCATION = "education", "教育・学び"
    CULTURE = "culture", "文化・スポーツ"
    INDUSTRY = "industry", "産業・商業"
    OTHER = "other", "その他"


class MeetingKind(models.TextChoices):
    GENERAL = "general", "全体会"
    GROUP = "group", "分科会"
    SECRETARIES = "secretaries", "幹事会"
    PREPARATORY = "preparatory", "準備会"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "提案中"
    TAKEN = "adopted", "議題に採用"
    DECLINED = "declined", "見送り"
    WITHDRAWN = "withdrawn", "取下げ"


class Audience(models.TextChoices):
    """Who sees it beside the prefecture itself and the Cabinet Office; each holds the one before."""

    OWN = "own", "公開しない"
    PREFECTURES = "prefectures", "ほかの都道府県まで"
    PUBLIC = "public", "だれでも"
