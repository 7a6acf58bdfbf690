from portal.access.api import Action, Role

_ADMIN = frozenset({Role.SYSTEM_ADMIN})

ACTIONS = (
    Action("jobs.view", "処理状況を見る", _ADMIN),
    Action("jobs.retry", "処理をやり直す", _ADMIN, changes=True),
)
