from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, Action, Role

# Who shares out the work of reviewing.
_HEADS = frozenset({Role.REVIEWER, Role.DECIDER})

_UNDER_REVIEW = frozenset({FilingState.UNDER_REVIEW})
_REVIEWER = frozenset({Role.REVIEWER})
_MANAGER = frozenset({Role.PROGRAMME_MANAGER})

ACTIONS = (
    Action("desk.view", "審査の一覧を見る", CABINET_OFFICE),
    Action(
        "desk.keep_filter", "一覧の条件を保存する", CABINET_OFFICE - {Role.AUDITOR}, changes=True
    ),
    Action("desk.batch", "まとめての操作を確かめる", _HEADS),
    Action("desk.assign", "審査担当を割り当てる", _HEADS, changes=True),
    Action("desk.begin", "まとめて審査を始める", frozenset({Role.REVIEWER}), changes=True),
    Action("desk.remind", "回答を催促する", _HEADS, changes=True),
    Action("desk.batch_result", "まとめての操作の結果を見る", CABINET_OFFICE),
    Action("desk.conflicts", "利害関係の申出を見る", CABINET_OFFICE),
    Action("desk.declare_conflict", "利害関係を申し出る", _HEADS, changes=True),
    Action("desk.end_conflict", "利害関係の申出を取り下げる", _HEADS, changes=True),
    Action("desk.note", "審査のメモを書く", _HEADS, changes=True),
    Action("desk.name_reader", "二次確認者を決める", _REVIEWER, states=_UNDER_REVIEW, changes=True),
    Action(
        "desk.confirm_reading", "二次確認を記録する", _REVIEWER, states=_UNDER_REVIEW, changes=True
    ),
    Action("desk.questions", "年度の確認項目を見る", CABINET_OFFICE),
    Action("desk.ask_question", "年度の確認項目を加える", _MANAGER, changes=True),
    Action("desk.retire_question", "年度の確認項目を外す", _MANAGER, changes=True),
)
