from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("changes.view", "変更と流用を見る", PREFECTURE | CABINET_OFFICE),
    Action("changes.reallocate", "予算の流用を記録する", _DRAFTER, changes=True),
    Action("changes.undo_reallocation", "流用の記録を取り消す", _DRAFTER, changes=True),
)
