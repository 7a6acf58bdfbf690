"""What a transition of a measure does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused
from portal.outbox.api import enqueue

from .models import Disposal
from .states import Measure

Data = Mapping[str, Any]
DESCRIBE, SWEEP = "retention.describe", "retention.sweep"


def extend(disposal: Disposal, actor: Actor, data: Data) -> None:
    if disposal.measure != Measure.EXTEND or disposal.extend_until is None:
        raise Refused(["延長の案ではありません。"])
    disposal.decided_by_name = actor.name
    data["_said"]["理由"] = disposal.reason
    data["_said"]["延長後の満了日"] = day_with_weekday(disposal.extend_until)


def remove(disposal: Disposal, actor: Actor, data: Data) -> None:
    """A worker does it, after the commit."""
    if disposal.measure == Measure.EXTEND:
        raise Refused(["延長の案です。「保存期間の延長を承認する」を使ってください。"])
    disposal.decided_by_name, disposal.consent = actor.name, data["consent"].original
    enqueue(DESCRIBE, str(disposal.pk), {"pk": str(disposal.pk)})
    data["_said"]["措置"] = disposal.get_measure_display()
    data["_said"]["理由"] = disposal.reason
    data["_said"]["同意の文書番号"] = disposal.consent
    if disposal.destination:
        data["_said"]["移管先"] = disposal.destination


def reject(disposal: Disposal, actor: Actor, data: Data) -> None:
    disposal.decided_by_name, disposal.note = actor.name, data["reason"]
    data["_said"]["理由"] = data["reason"]


def count(disposal: Disposal, actor: Actor, data: Data) -> None:
    entries = disposal.removed.all()
    data["_said"]["廃棄したファイル"] = f"{len(entries)}件"
    shared = sum(entry.is_shared for entry in entries)
    if shared:
        data["_said"]["別の案件のために残るもの"] = f"{shared}件"
