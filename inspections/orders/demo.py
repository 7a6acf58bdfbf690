"""An order of 長野県 from a finding, one under 16条 of 岐阜県 that was reported, one draft under 13条."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.demo.api import Cast
from grants.programmes.api import Programme
from inspections.findings.api import Finding, FindingState
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

from .models import Order
from .services import save_report, write_order

_EXAMINED, _WRITING = "21", "40"


def load(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], year: Programme
) -> None:
    last = Programme.objects.order_by("fiscal_year")[0]
    inspector = cast.actor(office, Role.INSPECTOR)
    finding = Finding.objects.select_related("visit__award__grantee").get(
        visit__award__grantee=bodies["20"], state=FindingState.UPHELD
    )
    due_on = timezone.localdate() + timedelta(days=30)
    common: dict[str, Any] = {"kind": "conform", "findings": [], "follows": None, "due_on": due_on}
    of_finding = write_order(
        actor=inspector,
        award=finding.visit.award,
        values={
            **common,
            "basis": "guideline",
            "title": "委託先の実施状況の毎月の把握",
            "content": "委託先の活動実績を毎月確認する体制を整え、4月分から10月分までを確認すること。",
            "reason": "7月分と8月分の活動実績を11月まで確認せず、要領2(2)に適合しないため。",
            "findings": [finding],
        },
    )
    _issue(cast, office, of_finding, "府孤推第921号")
    by_law = write_order(
        actor=inspector,
        award=Award.objects.get(programme=last, grantee=bodies[_EXAMINED]),
        values={
            **common,
            "basis": "correct",
            "title": "備品の台帳と表示",
            "content": "購入した備品を台帳に記載し、交付金による取得である旨を表示すること。",
            "reason": "実績報告の審査で、備品の台帳と表示がなく、交付の条件に適合しないと認めたため。",
        },
    )
    _issue(cast, office, by_law, "府孤推第922号")
    _report(cast, bodies[_EXAMINED], by_law)
    write_order(
        actor=inspector,
        award=Award.objects.get(programme=last, grantee=bodies[_WRITING]),
        values={
            **common,
            "basis": "perform",
            "title": "相談窓口の開設",
            "content": "計画のとおり、相談窓口を週3日以上開設すること。",
            "reason": "8月から窓口が開かれておらず、交付の決定の内容に従って遂行されていないため。",
        },
    )


def _issue(cast: Cast, office: Organisation, order: Order, number: str) -> None:
    today = timezone.localdate()
    data: dict[str, Any] = {
        "document_number": read_document_number(number).value,
        "decided_on": today,
        "issued_on": today,
    }
    name = "issue_by_law" if order.is_by_law else "issue"
    perform(Order, order.pk, name, cast.actor(office, Role.DECIDER), data=data)


def _report(cast: Cast, body: Organisation, order: Order) -> None:
    save_report(
        actor=cast.actor(body, Role.DRAFTER),
        order=order,
        seen_version=Order.objects.get(pk=order.pk).version,
        report="備品3点を台帳に記載し、ラベルを貼った。実績報告に台帳の写しを添えた。",
    )
    perform(Order, order.pk, "report", cast.actor(body, Role.APPROVER))
