"""THE table of a signed copy. The worker reads it; a person says whose it is. Read this first."""

from __future__ import annotations

from portal.core.actor import SYSTEM_ROLE
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .states import HANDLERS, ScanState

SYSTEM = frozenset({SYSTEM_ROLE})
S = ScanState

LIFECYCLE = Workflow(
    key="scans.scan",
    model="scans.Scan",
    states=ScanState,
    initial=S.READING,
    transitions=(
        Transition(
            "finish", "写しを読み取る", (S.READING,), S.READ, SYSTEM, INTERNAL, is_private=True
        ),
        Transition(
            "fail",
            "読み取りをやめる",
            (S.READING,),
            S.UNREADABLE,
            SYSTEM,
            INTERNAL,
            is_private=True,
        ),
        Transition(
            "file",
            "写しを綴じる",
            (S.READ, S.UNREADABLE),
            S.FILED,
            HANDLERS,
            INTERNAL,
            effects=(effects.file_copy,),
            form="portal.scans.forms.FileForm",
            consequence="この写しを、書類と同じ案件に綴じます。書類を読める人が、写しも読めるようになります。",
        ),
        Transition(
            "drop",
            "取りやめる",
            (S.READ, S.UNREADABLE),
            S.DROPPED,
            HANDLERS,
            INTERNAL,
            consequence="この写しを綴じずに終わります。同じファイルを選び直すと、もう一度始められます。",
            is_private=True,
            is_quiet=True,
        ),
        Transition(
            "restart",
            "もう一度読み取る",
            (S.DROPPED, S.UNREADABLE),
            S.READING,
            HANDLERS,
            INTERNAL,
            effects=(effects.read_again,),
            consequence="ファイルの二次元コードを、もう一度探します。",
            is_private=True,
        ),
    ),
)
