"""Starting an application: from nothing, or from last year's plan."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from grants.filings.api import Filing
from grants.plans.api import PlanRevision, create_plan
from grants.programmes.api import Programme
from portal.accounts.api import Organisation
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused


def start_application(
    *, actor: Actor, programme: Programme, copy_from: PlanRevision | None = None
) -> Filing:
    """One application a year and body; a second click finds the first.

    Raises Refused for a body that is not eligible in that year (要領2(1)).
    """
    grantee = Organisation.objects.select_related("prefecture").get(pk=actor.organisation_id)
    terms = programme.terms()
    if grantee.kind not in terms.eligible_bodies:
        raise Refused(
            [f"{grantee.name}は、{terms.year_label}の実施主体に当たりません（要領2(1)）。"]
        )
    existing = _standing(programme, grantee)
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            revision = create_plan(
                actor=actor, programme=programme, grantee=grantee, copy_from=copy_from
            )
            filing = Filing.objects.create(
                kind="application", programme=programme, grantee=grantee, revision=revision
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
        found = _standing(programme, grantee)
        if found is None:
            raise
        return found
    return filing


def _standing(programme: Programme, grantee: Organisation) -> Filing | None:
    return (  # type: ignore[no-any-return]
        Filing.objects.filter(kind="application", programme=programme, grantee=grantee)
        .exclude(state__in=("declined", "withdrawn"))
        .first()
    )
