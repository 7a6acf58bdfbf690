"""The layout of a prefecture's papers: stating it, and which one holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale

from .layouts import Layout, Paper, against_parts
from .models import Contract, PaperLayout


def layout_for(contract: Contract, paper: str) -> Layout:
    """That of the year of the contract's award, as it holds now."""
    year = contract.award.programme.fiscal_year
    return layout_of(contract.contractor.grantee_id, year, paper)


def layout_of(grantee_id: Any, fiscal_year: int, paper: str) -> Layout:
    found = PaperLayout.objects.of(grantee_id, fiscal_year, paper).first()
    return found.layout if found is not None else Layout()


def state_layout(
    *, actor: Actor, fiscal_year: int, paper: Paper, seen_version: int, layout: Layout
) -> PaperLayout:
    """Of the actor's own prefecture; papers made from now on have it. Raises Refused and Stale."""
    reasons = list(against_parts(paper, layout.parts or paper.standard))
    if reasons:
        raise Refused(reasons)
    grantee_id: UUID | None = actor.organisation_id
    with transaction.atomic():
        known = PaperLayout.objects.of(grantee_id, fiscal_year, paper.key).select_for_update()
        last = known.first()
        number = last.number if last is not None else 0
        if number != seen_version:
            raise Stale(seen_version, number)
        try:
            with transaction.atomic():
                made: PaperLayout = PaperLayout.objects.create(
                    grantee_id=grantee_id,
                    fiscal_year=fiscal_year,
                    paper=paper.key,
                    number=number + 1,
                    addressee=layout.addressee,
                    title=layout.title,
                    form_number=layout.form_number,
                    parts=list(layout.parts),
                    boxes=list(layout.boxes),
                    footnote=layout.footnote,
                    made_by_id=actor.user_id,
                    made_by_name=actor.name,
                )
        except IntegrityError:
            raise Stale(seen_version, number + 1) from None
        record(
            actor,
            "contractors.layout",
            "書類の様式を決める",
            made,
            data={
                "said": {"書類": paper.label, "年度": str(fiscal_year), "版": f"第{made.number}版"}
            },
            visibility=Visibility.ORGANISATION,
        )
    return made
