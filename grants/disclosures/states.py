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


class FileOutcome(models.TextChoices):
    """What becomes of one file of the case."""

    WHOLE = "whole", "開示する"
    PART = "part", "一部を覆った写しを開示する"
    WITHHELD = "withheld", "開示しない"
    OUT = "out", "請求の対象でない"

    @classmethod
    def hiding(cls) -> frozenset[str]:
        """Those that need a ground of 5条."""
        return frozenset({cls.PART, cls.WITHHELD})


class BundleState(models.TextChoices):
    QUEUED = "queued", "作成中"
    READY = "ready", "できています"
    FAILED = "failed", "作成できませんでした"


# Who asked is known to whoever works on requests, and to auditors.
READERS = frozenset({Role.REVIEWER, Role.DECIDER, Role.AUDITOR})
# A decision is owed.
OWED = frozenset({RequestState.PREPARING, RequestState.PROPOSED})
