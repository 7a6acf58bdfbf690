from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

from .states import AssetState

_DRAFTER = frozenset({Role.DRAFTER})
_HELD = frozenset({AssetState.HELD})
_READERS = PREFECTURE | CABINET_OFFICE

ACTIONS = (
    Action("properties.list", "取得財産等管理台帳を見る", _READERS),
    Action("properties.view", "取得財産の記載を見る", _READERS),
    Action("properties.export", "台帳をCSVで出力する", _READERS),
    Action("properties.register", "取得財産を台帳に載せる", _DRAFTER, changes=True),
    Action("properties.change", "台帳の記載を直す", _DRAFTER, states=_HELD, changes=True),
    Action("properties.check", "現物確認を記録する", _DRAFTER, changes=True),
    Action("properties.print", "台帳と明細表を印刷する", _DRAFTER, changes=True),
    Action(
        "properties.lives",
        "処分制限期間の区分を変える",
        frozenset({Role.PROGRAMME_MANAGER}),
        changes=True,
    ),
)
