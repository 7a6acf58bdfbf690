from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE, Action, Role
from portal.core.actor import Actor

from .states import WITH_CONTRACTOR, BatchState, ReportState


def _month_is_open(subject: Any, actor: Actor) -> Iterable[str]:
    if not subject.report.is_with_contractor:
        yield "提出した月の記録は変えられません。直すときは、差し戻すよう都道府県に頼んでください。"


def _month_is_submitted(subject: Any, actor: Actor) -> Iterable[str]:
    if subject.report.state != ReportState.SUBMITTED:
        yield "行を差し戻せるのは、提出された月報だけです。"


ACTIONS = (
    Action("records.list", "活動実績の一覧を見る", CONTRACTOR),
    Action("records.overview", "月ごとの確認状況を見る", PREFECTURE | CABINET_OFFICE),
    Action("records.publish", "公表用の集計を見る", CABINET_OFFICE),
    Action("records.view", "月報を見る", CONTRACTOR | PREFECTURE | CABINET_OFFICE),
    Action("records.enter", "活動実績を入力する", CONTRACTOR, states=WITH_CONTRACTOR, changes=True),
    Action("records.edit", "記録を直す", CONTRACTOR, when=_month_is_open, changes=True),
    Action("records.columns", "覚えている列の名前を見る", CONTRACTOR),
    Action("records.forget_column", "列の名前を忘れる", CONTRACTOR, changes=True),
    Action("records.forget_cleared", "確かめた言葉を忘れる", CONTRACTOR, changes=True),
    Action(
        "records.return_line",
        "記録の行を差し戻す",
        frozenset({Role.DRAFTER}),
        when=_month_is_submitted,
        changes=True,
    ),
    Action("records.batch.view", "取込結果を見る", CONTRACTOR),
    Action(
        "records.batch.answer",
        "取込結果に答える",
        CONTRACTOR,
        states=frozenset({BatchState.READ}),
        changes=True,
    ),
)
