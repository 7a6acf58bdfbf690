from django.db import models


class ObjectionState(models.TextChoices):
    """Late is a question about two days, not a state."""

    DRAFTED = "drafted", "作成中"
    FILED = "filed", "申出済み"
    MENDING = "mending", "補正待ち"
    RECEIVED = "admitted", "受理"
    INVITED = "hearing", "意見を述べる機会"
    HEARD = "heard", "措置の検討"
    DECIDED = "decided", "措置の通知済み"
    DISMISSED = "dismissed", "受理しない"
    CABINET = "cabinet", "内閣への意見の申出"
    CLOSED = "closed", "終了"
    WITHDRAWN = "withdrawn", "取下げ"


class Way(models.TextChoices):
    """How the body states its opinion (適正化法25条2項)."""

    WRITTEN = "written", "書面"
    IN_PERSON = "in_person", "面談"
    ONLINE = "online", "オンライン会議"


class Measure(models.TextChoices):
    """What is done about the act (適正化法25条2項)."""

    REVOKE = "revoke", "処分を取り消す"
    CHANGE = "change", "処分を変更する"
    NONE = "none", "処分を変えない"


class PaperKind(models.TextChoices):
    FILED = "filed", "不服申出書"
    ANSWER = "answer", "措置の通知書"


# The body writes; the office waits.
WRITABLE = frozenset({ObjectionState.DRAFTED, ObjectionState.MENDING})
# The office has something to do.
WITH_OFFICE = frozenset({ObjectionState.FILED, ObjectionState.RECEIVED, ObjectionState.HEARD})
ENDED = frozenset(
    {
        ObjectionState.DECIDED,
        ObjectionState.DISMISSED,
        ObjectionState.CLOSED,
        ObjectionState.WITHDRAWN,
    }
)
