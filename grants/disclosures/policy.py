from __future__ import annotations

from portal.access.api import Action, Role

from .states import READERS, RequestState

HANDLERS = frozenset({Role.REVIEWER})
DECIDERS = frozenset({Role.DECIDER})

_PREPARING = frozenset({RequestState.PREPARING})
_DISCLOSED = frozenset({RequestState.DISCLOSED})

ACTIONS = (
    Action("disclosures.list", "開示請求の一覧を見る", READERS),
    Action("disclosures.view", "開示請求を見る", READERS),
    Action("disclosures.enter", "開示請求を登録する", HANDLERS, changes=True),
    Action("disclosures.pick", "開示の対象を選ぶ", HANDLERS, states=_PREPARING, changes=True),
    Action("disclosures.files", "案件のファイルの扱いを見る", READERS),
    Action(
        "disclosures.rule_file",
        "ファイルの扱いを決める",
        HANDLERS,
        states=_PREPARING,
        changes=True,
    ),
    # Nothing of the request changes by it: auditors, who change nothing, ask for it too.
    Action("disclosures.bundle", "開示するファイルをまとめる", READERS, states=_DISCLOSED),
    Action("disclosures.take_out", "開示するファイルの一式を取り出す", READERS),
    Action("disclosures.mask", "隠す語句を決める", HANDLERS, states=_PREPARING, changes=True),
)
