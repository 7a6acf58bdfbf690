"""Samples of an objection, filed against a refund so that the decision stays without one, and of a
measure at the end of a case's keeping, and of a request for disclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from grants.awards.api import Award
from grants.disclosures.api import Bundle, DisclosureRequest, enter_request
from grants.filings.api import Filing
from grants.objections.api import Objection
from grants.retention.api import Disposal
from portal.access.api import Role

if TYPE_CHECKING:
    from tests.access.everyone import Everyone


def objection_samples(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """Filed, so that both sides see it."""
    award = Award.objects.filter(decision__filing=filing).first()
    if award is None:
        return dict.fromkeys((Objection, Disposal, DisclosureRequest, Bundle), uuid4())
    today = timezone.localdate()
    objection = Objection.objects.create(
        grantee=filing.grantee,
        programme=filing.programme,
        act_kind="refund",
        act_id=uuid4(),
        act_name="返還命令",
        act_number="府孤推第921号",
        act_issued_on=today,
        act_url="/refunds/",
        act_decided_by_id=everyone.actors[Role.DECIDER].user_id,
        case_id=award.case_id,
        arrived_on=today,
        days=30,
        content="返還命令",
        reasons="計算の根拠が示されていない。",
        filed_at=timezone.now(),
    )
    # Straight to its state: how it comes there is tested where objections are.
    Objection.objects.filter(pk=objection.pk).update(state="filed")
    request = _request(everyone, award)
    return {
        Objection: objection.pk,
        Disposal: _disposal(everyone, award).pk,
        DisclosureRequest: request.pk,
        Bundle: _bundle(everyone, request).pk,
    }


def _request(everyone: Everyone, award: Award) -> DisclosureRequest:
    return enter_request(
        actor=everyone.actors[Role.REVIEWER],
        award=award,
        requester="見本 次郎",
        asked_for="交付申請書",
        received_on=timezone.localdate(),
    )


def _bundle(everyone: Everyone, request: DisclosureRequest) -> Bundle:
    """Asked for: one that is made wants a decision before it."""
    auditor = everyone.actors[Role.AUDITOR]
    return Bundle.objects.create(
        request=request, asked_by_id=auditor.user_id, asked_by_name=auditor.name
    )


def _disposal(everyone: Everyone, award: Award) -> Disposal:
    """Proposed: the rows of a case that is not over cannot come to one by its service."""
    manager = everyone.actors[Role.PROGRAMME_MANAGER]
    return Disposal.objects.create(
        award=award,
        measure="dispose",
        reason="保存期間が満了したため。",
        proposed_by_id=manager.user_id,
        proposed_by_name=manager.name,
    )
