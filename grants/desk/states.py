from django.db import models


class Flag(models.TextChoices):
    """What a reviewer should look at first. Each is explained on the desk; none judges anybody."""

    OVERDUE = "overdue", "期間超過"
    DUE_SOON = "due_soon", "期間残りわずか"
    ANSWER_LATE = "answer_late", "回答の期限超過"
    UNASSIGNED = "unassigned", "担当なし"
    AWAY = "away", "担当が不在"
    CONFLICT = "conflict", "担当に利害関係の申出"
    WARNINGS = "warnings", "提出時に警告"
    OUTSIDE = "outside", "確認事項の外を変更"
    RETURNED_TWICE = "returned_twice", "差戻し2回以上"
    UNUSUAL = "unusual", "前年度と大きく違う額"

    @property
    def is_urgent(self) -> bool:
        """Something waits for somebody; the others are worth a look when it is read."""
        return self in (Flag.OVERDUE, Flag.ANSWER_LATE, Flag.UNASSIGNED, Flag.CONFLICT)


EXPLAINED = {
    Flag.OVERDUE: "標準処理期間（差戻しの間を除きます。）を過ぎています。",
    Flag.DUE_SOON: "標準処理期間の残りが、制度の値で定めた日数以内です。",
    Flag.ANSWER_LATE: "差戻しの回答の期限を過ぎても、まだ提出されていません。",
    Flag.UNASSIGNED: "審査担当が決まっていません。",
    Flag.AWAY: "審査担当が今日は不在です。代わりの人がいれば、その名前を表示します。",
    Flag.CONFLICT: "審査担当が、この団体との利害関係を申し出ています。別の人に割り当ててください。",
    Flag.WARNINGS: "提出した時点で、要件の確認に警告がありました。提出はできる程度のものです。",
    Flag.OUTSIDE: "差戻しの後、確認事項を付けた欄や行のほかにも、前の版から変わった所があります。",
    Flag.RETURNED_TWICE: "これまでに2回以上、差し戻しています。",
    Flag.UNUSUAL: "申請額が、前年度に決定を受けた申請の申請額と、制度の値で定めた割合以上違います。",
}


class Act(models.TextChoices):
    """What can be done to several filings at once."""

    ASSIGN = "assign", "審査担当を割り当てる"
    BEGIN = "begin", "審査を始める"
    REMIND = "remind", "回答を催促する"
