"""What must be so before a month or a file moves."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.contractors.api import is_responsible
from portal.core.actor import Actor
from portal.core.personal import named_in

from .columns import undecided
from .models import PeriodReport, RecordBatch
from .reading import counts
from .rules import submission_reasons, unanswered


def may_submit(report: PeriodReport, actor: Actor) -> Iterator[str]:
    marked = report.records.returned().count()
    if marked:
        yield f"差し戻された行が{marked}行、直されていません。値が正しいときも、その行を開いて保存してください。"
    yield from submission_reasons(
        is_responsible=is_responsible(report.contract, actor),
        has_entered=report.records.filter(entered_by_id=actor.user_id).exists(),
        same_person_may_submit=report.contract.same_person_may_submit,
        pending_files=report.batches.pending().count(),
        month=report.month,
        today=timezone.localdate(),
    )


def month_is_open(batch: RecordBatch, actor: Actor) -> Iterator[str]:
    if not batch.report.is_with_contractor:
        yield "この月は、もう提出しています。"


def all_mended(batch: RecordBatch, actor: Actor) -> Iterator[str]:
    found = counts(batch.reading)
    if found["mend"]:
        yield f"エラーが{found['mend']}か所あります。直してから取り込んでください。"


def all_answered(batch: RecordBatch, actor: Actor) -> Iterator[str]:
    left = unanswered(batch.reading["problems"], batch.confirmations)
    if left:
        cells = "、".join(sorted({one.partition("-")[0] for one in left})[:8])
        yield f"確かめるところが{len(left)}か所残っています（{cells}）。印と理由を入力してください。"
    for one in [named for why in batch.confirmations.values() for named in named_in(why)][:1]:
        yield f"理由の{one}を消してください。"


def columns_chosen(batch: RecordBatch, actor: Actor) -> Iterator[str]:
    left = undecided(batch.reading)
    if left:
        named = "、".join(f"「{text}」" for text in left[:5])
        yield f"どの項目か選んでいない列があります（{named}）。項目か「読まない」を選んでください。"


def all_decided(batch: RecordBatch, actor: Actor) -> Iterator[str]:
    changed = [row for row in batch.reading["rows"] if row["verdict"] == "changed"]
    left = [row for row in changed if batch.decisions.get(str(row["number"])) not in ("old", "new")]
    if left:
        numbers = "、".join(str(row["number"]) for row in left[:8])
        yield f"旧と新のどちらにするか選んでいない行が{len(left)}行あります（{numbers}行目）。"
