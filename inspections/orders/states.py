from django.db import models


class OrderState(models.TextChoices):
    """Overdue is a question about two days, not a state."""

    DRAFTED = "drafted", "作成中"
    ISSUED = "issued", "履行を待つ"
    REPORTED = "reported", "履行の報告あり"
    COMPLIED = "complied", "履行済み"
    NOT_COMPLIED = "not_complied", "不履行"
    ESCALATED = "escalated", "取消しへ移行"
    DROPPED = "dropped", "取りやめ"


class OrderKind(models.TextChoices):
    """要領5(2) names the first three, 適正化法13条2項 the last."""

    DISCONTINUE = "discontinue", "事業の中止"
    CHANGE = "change", "事業の変更"
    CONFORM = "conform", "適合させるための措置"
    SUSPEND = "suspend", "事業の一時停止"


class Basis(models.TextChoices):
    GUIDELINE = "guideline", "要領5(2)だけによる命令"
    PERFORM = "perform", "適正化法13条1項による命令（遂行）"
    SUSPEND = "suspend", "適正化法13条2項による命令（一時停止）"
    CORRECT = "correct", "適正化法16条1項による命令（是正）"


BY_LAW = frozenset({Basis.PERFORM, Basis.SUSPEND, Basis.CORRECT})
# The body still owes what was ordered.
OWED = frozenset({OrderState.ISSUED, OrderState.NOT_COMPLIED})
SETTLED = frozenset({OrderState.COMPLIED, OrderState.ESCALATED, OrderState.DROPPED})
