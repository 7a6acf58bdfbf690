"""One body on the plan of the year, and a draw for the visit in 鳥取県 that is noticed, from the body's own list of expenses."""

from __future__ import annotations

from grants.awards.api import Award
from grants.demo.api import Cast
from grants.programmes.api import Programme
from inspections.visits.api import Visit, VisitState
from portal.access.api import Role
from portal.accounts.api import Organisation

from .population import Entry
from .rules import Design
from .services import choose_target, draw_sample

_ITEMS = (
    ("人件費　居場所の担当者", 208_000),
    ("報償費　相談員の謝金", 74_400),
    ("会場使用料", 52_000),
    ("消耗品費　文具", 18_720),
    ("印刷費　案内ちらし", 96_000),
    ("旅費　相談員の訪問", 12_480),
    ("通信運搬費　案内の郵送", 31_200),
)


def load(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], year: Programme
) -> None:
    choose_target(
        actor=cast.actor(office, Role.INSPECTOR),
        award=Award.objects.get(
            programme=Programme.objects.order_by("fiscal_year")[0], grantee=bodies["27"]
        ),
        contract=None,
        reason="まだ検査を行っていないため。",
    )
    visit = Visit.objects.get(award__grantee=bodies["31"], state=VisitState.NOTICED)
    entries = [
        Entry(f"{month:02}-{n}", f"{words} {month}月分", amount + 1_300 * ((month * n) % 5))
        for month in range(4, 10)
        for n, (words, amount) in enumerate(_ITEMS, start=1)
    ]
    draw_sample(
        actor=cast.actor(office, Role.INSPECTOR),
        visit=visit,
        entries=entries,
        design=Design(largest=4, count=8, by_amount=True),
        seed="鳥取の担当者が選んだ 4271",
    )
