"""Opening a year and changing what holds in it; each change with its source and date of effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.asking import once

from . import keys, starter
from .models import (
    ExpenseCategory,
    Ledger,
    Programme,
    ProgrammeValue,
    RequiredAttachment,
    Round,
    StandardCondition,
    WindowExtension,
)
from .value_kinds import Key

_copiers: list[Callable[[Programme, Programme], None]] = []


def copied_with_the_year(copier: Callable[[Programme, Programme], None]) -> None:
    """A slot: higher packages copy their own lists from the year before into the new one."""
    if copier not in _copiers:
        _copiers.append(copier)


def open_programme(*, actor: Actor, fiscal_year: int, **first_values: str) -> Programme:
    """A new year: copied from the year before, or from the starter set; `first_values` replace.

    Raises IntegrityError when the year exists and ValueError for a value that cannot be read.
    """
    begins = date(fiscal_year, 4, 1)
    with transaction.atomic():
        programme = Programme.objects.create(fiscal_year=fiscal_year)
        Ledger.objects.create(programme=programme)
        Round.objects.create(programme=programme, number=1, name="当初")
        earlier = Programme.objects.filter(fiscal_year__lt=fiscal_year).newest_first().first()
        texts = _texts_of(earlier) if earlier else {}
        ProgrammeValue.objects.bulk_create(
            ProgrammeValue(
                programme=programme,
                key=key.name,
                text=_readable(key, first_values.get(key.name, texts.get(key.name, key.first))),
                source=key.source,
                # Values of a coming year hold as soon as it is open: people read them before April.
                effective_from=min(begins, date(fiscal_year - 1, 4, 1)),
                created_by_id=actor.user_id,
            )
            for key in keys.KEYS
        )
        _copy_lists(programme, earlier)
        if earlier is not None:
            for copier in _copiers:
                copier(earlier, programme)
        record(actor, "programmes.open", "年度を開く", programme)
    return programme


def _readable(key: Key, text: str) -> str:
    """Raises ValueError when the key cannot read the text."""
    key.kind.read(text)
    return text


def complete_programmes() -> None:
    """Gives each open year the first value of what a release has added to `keys.KEYS`."""
    for programme in Programme.objects.all():
        missing = keys.BY_NAME.keys() - set(programme.values.values_list("key", flat=True))
        ProgrammeValue.objects.bulk_create(
            ProgrammeValue(
                programme=programme,
                key=key.name,
                text=key.first,
                source=key.source,
                effective_from=date(programme.fiscal_year - 1, 4, 1),
            )
            for key in keys.KEYS
            if key.name in missing
        )


def newest_programme() -> Programme | None:
    """The newest year that is open; header, tiles and lists of one page ask once."""
    return once("programmes.newest", lambda: Programme.objects.newest_first().first())


def _texts_of(programme: Programme) -> dict[str, str]:
    values = programme.values.order_by("effective_from", "id")
    return {value.key: value.text for value in values}


def _copy_lists(programme: Programme, earlier: Programme | None) -> None:
    copied: tuple[tuple[Any, str, list[dict[str, Any]]], ...] = (
        (ExpenseCategory, "categories", starter.CATEGORIES),
        (StandardCondition, "conditions", starter.CONDITIONS),
        (RequiredAttachment, "attachments", starter.ATTACHMENTS),
    )
    for model, name, first in copied:
        rows = first
        if earlier is not None:
            rows = list(getattr(earlier, name).values())
            rows = [
                {k: v for k, v in row.items() if k not in {"id", "programme_id"}} for row in rows
            ]
        model.objects.bulk_create(model(programme=programme, **row) for row in rows)


def set_value(
    *, actor: Actor, programme: Programme, key: str, text: str, source: str, effective_from: date
) -> ProgrammeValue:
    """Adds a value from a day on. Raises ValueError with what to do when it cannot be read."""
    definition = keys.BY_NAME[key]
    definition.kind.read(text)
    with transaction.atomic():
        value = ProgrammeValue.objects.create(
            programme=programme,
            key=key,
            text=text.strip(),
            source=source,
            effective_from=effective_from,
            created_by_id=actor.user_id,
        )
        record(
            actor,
            "programmes.value",
            "制度の値を変える",
            programme,
            data={
                "said": {
                    definition.label: text.strip() or "定めなし",
                    "適用日": effective_from.isoformat(),
                    "根拠": source,
                }
            },
        )
    return value


def open_round(
    *, actor: Actor, programme: Programme, name: str, opens_at: datetime, closes_at: datetime
) -> Round:
    """A further round of the year (追加募集), with a window of its own."""
    with transaction.atomic():
        # The ledger's row is the lock: two rounds never get the same number.
        Ledger.objects.select_for_update().get(programme=programme)
        round_ = Round.objects.create(
            programme=programme,
            number=programme.rounds.count() + 1,
            name=name,
            opens_at=opens_at,
            closes_at=closes_at,
        )
        record(
            actor,
            "programmes.open_round",
            "募集の回を開く",
            programme,
            article="適正化法5条",
            data={"said": {"回": name, "締切": closes_at.isoformat()}},
        )
    return round_


def replace_conditions(
    *, actor: Actor, programme: Programme, rows: Sequence[Mapping[str, Any]]
) -> None:
    """The list that decisions choose from, in the order given; past decisions keep their own."""
    with transaction.atomic():
        Ledger.objects.select_for_update().get(programme=programme)
        programme.conditions.all().delete()
        StandardCondition.objects.bulk_create(
            StandardCondition(
                programme=programme,
                order=order,
                text=row["text"],
                basis=row["basis"],
                is_default=row["is_default"],
            )
            for order, row in enumerate(rows, start=1)
        )
        record(
            actor,
            "programmes.conditions",
            "交付の条件（標準）を変える",
            programme,
            article="適正化法7条",
            data={"said": {"条件": f"{len(rows)}件"}, "conditions": [r["text"] for r in rows]},
        )


def extend_window(
    *, actor: Actor, programme: Programme, grantee: Organisation, closes_at: datetime, reason: str
) -> WindowExtension:
    with transaction.atomic():
        extension = WindowExtension.objects.create(
            programme=programme,
            grantee=grantee,
            closes_at=closes_at,
            reason=reason,
            created_by_id=actor.user_id,
        )
        record(
            actor,
            "programmes.extend",
            "締切を延ばす",
            programme,
            article="適正化法5条",
            data={"said": {"対象": grantee.name, "締切": closes_at.isoformat(), "理由": reason}},
        )
    return extension
