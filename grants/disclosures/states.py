from django.db import models

from portal.access.api import Role


class RequestState(models.TextChoices):
    PREPARING = "preparing", "準備中"
    PROPOSED = "proposed", "決定待ち"
    DISCLOSED = "disclosed", "開示決定"
    REFUSED = "withheld", "不開示決定"


class Outcome(models.TextChoices):
    WHOLE = "whole", "全部開示"
    PART = "part", "一部開示"
    NONE = "none", "不開示"


# Who asked is known to whoever works on requests, and to auditors.
READERS = frozenset({Role.REVIEWER, Role.DECIDER, Role.AUDITOR})
# A decision is owed.
OWED = frozenset({RequestState.PREPARING, RequestState.PROPOSED})
