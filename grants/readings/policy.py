from portal.access.api import PREFECTURE, Action, Role

_OPENER = frozenset({Role.PREFECTURE_ADMIN})

ACTIONS = (
    Action("readings.list", "閲覧の許可を見る", PREFECTURE | {Role.READER}),
    Action("readings.view", "閲覧の許可と記録を見る", PREFECTURE | {Role.READER}),
    Action("readings.case", "開かれた案件を読む", frozenset({Role.READER})),
    Action("readings.open", "案件の閲覧を開く", _OPENER, changes=True, steps_up=True),
    Action("readings.extend", "案件の閲覧を延ばす", _OPENER, changes=True, steps_up=True),
    Action("readings.end", "案件の閲覧を終える", _OPENER, changes=True),
)
