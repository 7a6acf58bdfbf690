from .kinds import FilingKind, kind_of, register_kind
from .models import CheckMark, Filing, ReviewItem, ReviewMessage, SealedVersion
from .sealing import Change, canonical, cells, changes, digest
from .services import attachments_of, latest_version, seal
from .states import WITH_REVIEWERS, WITH_WRITERS, FilingState, ItemState, Route, Verdict

__all__ = [
    "WITH_REVIEWERS",
    "WITH_WRITERS",
    "Change",
    "CheckMark",
    "Filing",
    "FilingKind",
    "FilingState",
    "ItemState",
    "ReviewItem",
    "ReviewMessage",
    "Route",
    "SealedVersion",
    "Verdict",
    "attachments_of",
    "canonical",
    "cells",
    "changes",
    "digest",
    "kind_of",
    "latest_version",
    "register_kind",
    "seal",
]
