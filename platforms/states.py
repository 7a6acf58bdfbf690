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
