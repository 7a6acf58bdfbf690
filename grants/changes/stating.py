"""Statements of one page about an award: beginning one, and keeping what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction

from grants.awards.api import Award, lock_award
from grants.contractors.api import money_by_line
from grants.filings.api import Filing
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale

from .models import Statement
from .stops import against_changing

Kept = TypeVar("Kept", bound=Statement)


def start_statement(
    *,
    actor: Actor,
    award: Award,
    model: type[Kept],
    label: str,
    values: Mapping[str, Any] | None = None,
) -> Filing:
    """One of a kind at a time; a second click finds the first. The kind is the model's name.

    It begins with what the contracts' own records say was paid, and with `values`. Raises Refused for
    an award that is not in force or was reported on.
    """
    kind = model._meta.model_name or ""
    with transaction.atomic():
        locked = lock_award(award)
        going = model.objects.on_their_way().filter(award=locked)
        existing = going.select_related("filing").first()
        if existing is not None:
            found: Filing = existing.filing
            return found
        reasons = against_changing(locked)
        if reasons:
            raise Refused(reasons)
        filing = Filing.objects.create(
            kind=kind, programme_id=locked.programme_id, grantee_id=locked.grantee_id
        )
        model.objects.create(
            filing=filing, award=locked, spent=paid_by_contracts(locked), **(values or {})
        )
        record(
            actor,
            f"filings.{kind}.start",
            f"{label}を書き始める",
            filing,
            case_id=filing.case_id,
            visibility=Visibility.ORGANISATION,
        )
    return filing


def paid_by_contracts(award: Award) -> int:
    """Yen."""
    money = money_by_line(grantee_id=award.grantee_id, fiscal_year=award.programme.fiscal_year)
    return sum(one.paid for one in money.values())


def save_statement(
    *, actor: Actor, statement: Kept, seen_version: int, values: Mapping[str, Any]
) -> Kept:
    """No Event: it is a draft. Raises Stale when somebody saved it first, Refused once it is out of
    the writers' hands."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        if not filing.is_with_writers:
            raise Refused(["いまは変更できません。戻ってから直します。"])
        model = type(statement)
        locked: Kept = model.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save(update_fields=[*values, "version"])
        locked.editors.add(actor.user_id)  # type: ignore[arg-type]  # a person types
    return locked
