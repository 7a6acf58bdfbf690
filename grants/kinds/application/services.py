"""Starting an application: from nothing, or from last year's plan."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import IntegrityError, transaction

from grants.awards.api import Award
from grants.filings.api import Filing
from grants.plans.api import PlanRevision, create_plan
from grants.programmes.api import Programme
from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused


def start_application(
    *,
    actor: Actor,
    programme: Programme,
    copy_from: PlanRevision | None = None,
    round_number: int = 1,
) -> Filing:
    """One application a round and body; a second click finds the first.

    In a later round the plan in force is what it starts with. Raises Refused for a body that is not
    eligible in that year (要領2(1)), and while an earlier application is still on its way.
    """
    grantee = Organisation.objects.select_related("prefecture").get(pk=actor.organisation_id)
    terms = programme.terms()
    if grantee.kind not in terms.eligible_bodies:
        raise Refused(
            [f"{grantee.name}は、{terms.year_label}の実施主体に当たりません（要領2(1)）。"]
        )
    existing = _standing(programme, grantee, round_number)
    if existing is not None:
        return existing
    reasons = list(start_reasons(programme, grantee, round_number))
    if reasons:
        raise Refused(reasons)
    if round_number > 1:
        copy_from = _in_force(programme, grantee) or copy_from
    try:
        with transaction.atomic():
            revision = create_plan(
                actor=actor, programme=programme, grantee=grantee, copy_from=copy_from
            )
            filing = Filing.objects.create(
                kind="application",
                programme=programme,
                grantee=grantee,
                revision=revision,
                round_number=round_number,
            )
            record(
                actor,
                "filings.application.start",
                "申請の作成を始める",
                filing,
                case_id=filing.case_id,
                visibility=Visibility.ORGANISATION,
            )
    except IntegrityError:
        found = _standing(programme, grantee, round_number)
        if found is None:
            raise
        return found
    return filing


def start_reasons(programme: Programme, grantee: Organisation, round_number: int) -> Iterator[str]:
    """Column H takes decided amounts alone: what is on its way is decided or withdrawn first."""
    if not programme.rounds.filter(number=round_number).exists():
        yield "その募集の回は、開かれていません。"
    on_its_way = (
        Filing.objects.of_kind("application")
        .filter(programme=programme, grantee=grantee)
        .exclude(round_number=round_number)
        .exclude(state__in=("decided", "declined", "withdrawn"))
    )
    if on_its_way.exists():
        yield "ほかの回の申請が、まだ決定していません。決定か取下げの後に、この回の申請を作ってください。"


def _in_force(programme: Programme, grantee: Organisation) -> PlanRevision | None:
    award = Award.objects.in_force().filter(programme=programme, grantee=grantee).first()
    return award.revision if award is not None else None


def _standing(programme: Programme, grantee: Organisation, round_number: int) -> Filing | None:
    return (  # type: ignore[no-any-return]
        Filing.objects.filter(
            kind="application",
            programme=programme,
            grantee=grantee,
            round_number=round_number,
        )
        .exclude(state__in=("declined", "withdrawn"))
        .first()
    )
