from __future__ import annotations

from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

from .states import WRITABLE

WRITERS = frozenset({Role.DRAFTER})
FILERS = frozenset({Role.APPROVER})
HANDLERS = frozenset({Role.REVIEWER})
DECIDERS = frozenset({Role.DECIDER})

ACTIONS = (
    Action("objections.list", "不服の申出の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("objections.view", "不服の申出を見る", PREFECTURE | CABINET_OFFICE),
    Action("objections.start", "不服の申出の期限を確かめる", PREFECTURE),
    Action("objections.write", "不服の申出を書き始める", WRITERS, changes=True),
    Action("objections.edit", "不服の申出を書く", WRITERS, states=WRITABLE, changes=True),
)
