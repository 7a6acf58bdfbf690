from .comparing import Comparison, aligned, compare
from .effects import remember_reviewer
from .forms import RaiseForm
from .handling import against_handling, register_handling_guard
from .kinds import FilingKind, kind_of, register_kind
from .models import CheckMark, Filing, ReviewItem, ReviewMessage, SealedVersion
from .presentation import ShownSection, present
from .rules import Clock, clock, four_eyes_on_approval, four_eyes_on_decision
from .sealing import Change, canonical, cells, changes, digest
from .services import (
    attachments_of,
    carry_marks,
    clock_of,
    forget_latest_version,
    latest_version,
    live_digest,
    mark,
    open_points,
    previous_version,
    publish_messages,
    raise_item,
    reviewers_of,
    seal,
    withdraw_answers,
    written,
)
from .slots import Section, register_section
from .states import CLOSED, WITH_REVIEWERS, WITH_WRITERS, FilingState, ItemState, Route, Verdict

__all__ = [
    "CLOSED",
    "WITH_REVIEWERS",
    "WITH_WRITERS",
    "Change",
    "CheckMark",
    "Clock",
    "Comparison",
    "Filing",
    "FilingKind",
    "FilingState",
    "ItemState",
    "RaiseForm",
    "ReviewItem",
    "ReviewMessage",
    "Route",
    "SealedVersion",
    "Section",
    "ShownSection",
    "Verdict",
    "against_handling",
    "aligned",
    "attachments_of",
    "canonical",
    "carry_marks",
    "cells",
    "changes",
    "clock",
    "clock_of",
    "compare",
    "digest",
    "forget_latest_version",
    "four_eyes_on_approval",
    "four_eyes_on_decision",
    "kind_of",
    "latest_version",
    "live_digest",
    "mark",
    "open_points",
    "present",
    "previous_version",
    "publish_messages",
    "raise_item",
    "register_handling_guard",
    "register_kind",
    "register_section",
    "remember_reviewer",
    "reviewers_of",
    "seal",
    "withdraw_answers",
    "written",
]
