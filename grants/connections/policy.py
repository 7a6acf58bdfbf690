from portal.access.api import CONTRACTOR, Action, Role

_RESPONSIBLE = frozenset({Role.RESPONSIBLE})

ACTIONS = (
    Action("connections.list", "接続キーを見る", CONTRACTOR),
    Action("connections.make", "接続キーを発行する", _RESPONSIBLE, changes=True, steps_up=True),
    Action("connections.revoke", "接続キーを無効にする", _RESPONSIBLE, changes=True),
    Action("connections.read", "プログラムから月報と結果を読む", CONTRACTOR),
    Action("connections.write", "プログラムから実績を送る", CONTRACTOR, changes=True),
)
