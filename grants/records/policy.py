from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE, Action
from portal.core.actor import Actor

from .states import WITH_CONTRACTOR, BatchState


def _month_is_open(subject: Any, actor: Actor) -> Iterable[str]:
    if not subject.report.is_with_contractor:
        yield "提出した月の記録は変えられません。直すときは、差し戻すよう都道府県に頼んでください。"


ACTIONS = (
    Action("records.list", "活動実績の一覧を見る", CONTRACTOR),
    Action("records.overview", "月ごとの確認状況を見る", PREFECTURE | CABINET_OFFICE),
    Action("records.view", "月報を見る", CONTRACTOR | PREFECTURE | CABINET_OFFICE),
    Action("records.enter", "活動実績を入力する", CONTRACTOR, states=WITH_CONTRACTOR, changes=True),
    Action("records.edit", "記録を直す", CONTRACTOR, when=_month_is_open, changes=True),
    Action("records.batch.view", "取込結果を見る", CONTRACTOR),
    Action(
        "records.batch.answer",
        "取込結果に答える",
        CONTRACTOR,
        states=frozenset({BatchState.READ}),
        changes=True,
    ),
)
