"""Papers of 長野県: an invoice and a 月報 in its own layout, and an accident that a contractor told of."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from grants.contractors.api import (
    Contract,
    Layout,
    paper_called,
    report_incident,
    state_layout,
)
from portal.access.api import Role
from portal.accounts.api import Organisation

from .people import Cast

_BOXES = ("課長", "係長", "担当")
_LAYOUTS = {
    "invoice": Layout(
        addressee="長野県知事　殿",
        title="業務委託料請求書",
        form_number="様式第5号（第8条関係）",
        parts=(
            "contract",
            "signed",
            "covers",
            "amount",
            "lines",
            "invoice_number",
            "registered_number",
            "note",
        ),
        boxes=_BOXES,
        footnote="この請求書への押印は要りません。",
    ),
    "month": Layout(
        addressee="長野県健康福祉部長　殿",
        title="業務実施報告書",
        form_number="様式第3号（第6条関係）",
        boxes=_BOXES,
    ),
}


def load_layouts(cast: Cast, nagano: Organisation, fiscal_years: tuple[int, ...]) -> None:
    """Before any paper is made."""
    admin = cast.actor(nagano, Role.PREFECTURE_ADMIN)
    for key, layout in _LAYOUTS.items():
        paper = paper_called(key)
        assert paper is not None
        for year in fiscal_years:
            state_layout(actor=admin, fiscal_year=year, paper=paper, seen_version=0, layout=layout)


def load_told_incident(cast: Cast, nagano: Organisation) -> None:
    """Told by the first contractor; the prefecture has not begun its own report yet."""
    contracts = Contract.objects.in_force().filter(contractor__grantee=nagano)
    contract = contracts.order_by("number").first()
    if contract is None:
        return
    report_incident(
        actor=cast.actor(contract.contractor.organisation, Role.RESPONSIBLE),
        contract=contract,
        values={
            "kind": "injury",
            "happened_on": min(timezone.localdate(), contract.last_day) - timedelta(days=3),
            "where": "会場の入口",
            "people": 1,
            "course": "入口の段差で参加者1人が転び、足首を痛めた。",
            "measures": "その場で手当をし、医療機関まで付き添った。",
            "prevention": "段差に手すりと明かりを付ける。",
        },
    )
