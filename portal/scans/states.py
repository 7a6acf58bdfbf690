from django.db import models

from portal.access.api import Role


class ScanState(models.TextChoices):
    READING = "reading", "読み取り中"
    READ = "read", "確認待ち"
    UNREADABLE = "unreadable", "読み取り不可"
    FILED = "bound", "綴じ込み済み"
    DROPPED = "set_aside", "取りやめ"


class Finding(models.TextChoices):
    """What the codes of a scan say, before anybody asks whose paper it is."""

    ONE = "one", "このポータルの書類の二次元コードが1つありました。"
    NONE = "none", "二次元コードが見つかりません。"
    SEVERAL = "several", "別々の書類の二次元コードがあります。"
    FOREIGN = "foreign", "二次元コードは、このポータルの書類のものではありません。"


# Whoever signs, sends or receives papers. A contractor's papers are its prefecture's to file.
HANDLERS = frozenset({Role.DRAFTER, Role.APPROVER, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR})
READERS = HANDLERS | {Role.AUDITOR}
