"""Beginning a report or a corrected one, and taking it into hand for writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.outbox.api import enqueue

from .models import ReturnReport
from .rules import is_day_to_remind

Kept = TypeVar("Kept", bound=ReturnReport)
_NOT_BEFORE = time(8, 30)


def on_its_way(model: type[Kept], award: Award) -> Kept | None:
    """There is one at a time."""
    found: Kept | None = (
        model.objects.on_their_way().filter(award=award).select_related("filing").first()
    )
    return found


def begin_report(*, model: type[Kept], award: Award, **values: Any) -> Kept:
    """With the award locked, and none on its way; `tell_beginning` comes last in the transaction."""
    filing = Filing.objects.create(
        kind=model.condition.name, programme_id=award.programme_id, grantee_id=award.grantee_id
    )
    made: Kept = model.objects.create(filing=filing, award=award, **values)
    return made


def tell_beginning(actor: Actor, report: ReturnReport) -> None:
    condition, corrects, filing = report.condition, report.corrects, report.filing
    said = {"訂正する報告": str(corrects.filing.receipt_number)} if corrects else {}
    record(
        actor,
        f"filings.{condition.name}.{'correct' if corrects else 'start'}",
        f"{condition.label}の{'訂正の' if corrects else ''}報告を書き始める",
        filing,
        case_id=filing.case_id,
        data={"said": said} if said else None,
        visibility=Visibility.ORGANISATION,
    )


def correction_on_its_way(report: Kept, award: Award) -> Kept | None:
    """That of this report, for a second click. Call it with the award locked.

    Raises Refused for a report that is not confirmed, or that was corrected before (then the newer
    one is corrected), and while another is being written.
    """
    going = on_its_way(type(report), award)
    if going is not None:
        if going.corrects_id == report.pk:
            return going
        raise Refused(["書いている途中の報告があります。先に、それを終えてください。"])
    if not type(report).objects.confirmed().filter(pk=report.pk).exists():
        raise Refused(["確認された報告ではありません。"])
    if report.corrections.confirmed().exists():
        raise Refused(["この報告は、訂正されています。新しい報告を訂正してください。"])
    return None


def take_in_hand(*, actor: Actor, report: Kept, seen_version: int) -> Kept:
    """Locked, a version further, its writer kept among the editors. Call inside a transaction.

    No Event: it is a draft. Raises Stale when somebody saved it first, Refused once it is out of the
    writers' hands.
    """
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not filing.is_with_writers:
        raise Refused(["いまは変更できません。戻ってから直します。"])
    locked: Kept = type(report).objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.version != seen_version:
        raise Stale(seen_version, locked.version)
    locked.version += 1
    locked.save(update_fields=["version"])
    locked.editors.add(actor.user_id)  # type: ignore[arg-type]  # a person types
    return locked


def remind_of(message: str, owed: Callable[[], Iterable[tuple[UUID, date]]]) -> int:
    """Asks for a notice on each award that is owed on, by its id and day; once a day, in office
    hours. What was asked for already is not asked again."""
    now = timezone.localtime()
    if now.time() < _NOT_BEFORE:
        return 0
    today, asked = now.date(), 0
    for pk, due_on in owed():
        if is_day_to_remind(due_on, today):
            key = f"{message}:{pk}:{today.isoformat()}"
            enqueue("notify", key, {"message": message, "pk": str(pk), "key": key})
            asked += 1
    return asked
