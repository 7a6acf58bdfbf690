from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

from .states import OWED, DemandState

# 検査職員 writes and reads what comes; 決定権者 issues.
WRITERS = frozenset({Role.INSPECTOR})
ISSUERS = frozenset({Role.DECIDER})
ANSWERERS = frozenset({Role.DRAFTER, Role.APPROVER})
REPORTERS = frozenset({Role.APPROVER})

ACTIONS = (
    Action("demands.list", "報告の徴求の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("demands.view", "報告の徴求と報告の表を見る", CABINET_OFFICE),
    Action("demands.export", "報告の表を出力する", CABINET_OFFICE),
    Action("demands.write", "報告の徴求を書く", WRITERS, changes=True),
    Action(
        "demands.edit",
        "下書きの徴求を直す",
        WRITERS,
        states=frozenset({DemandState.DRAFT}),
        changes=True,
    ),
    Action(
        "demands.remind",
        "報告を督促する",
        WRITERS,
        states=frozenset({DemandState.ISSUED}),
        changes=True,
    ),
    Action("demands.report.view", "徴求への報告を見る", PREFECTURE | CABINET_OFFICE),
    Action("demands.report.edit", "徴求への報告を書く", ANSWERERS, states=OWED, changes=True),
    Action("demands.report.ask_time", "期限の延長を申し出る", ANSWERERS, states=OWED, changes=True),
)
