from portal.access.api import Action, Role

_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("officers.list", "役員名簿の記録を見る", _DRAFTER),
    Action("officers.write", "役員名簿を登録する", _DRAFTER, changes=True),
    Action("officers.open", "役員名簿を開く", _DRAFTER, changes=True, steps_up=True),
    Action("officers.answer", "照会の結果を記録する", _DRAFTER, changes=True),
    Action("officers.destroy", "役員名簿を廃棄する", _DRAFTER, changes=True),
)
