"""One visit of last year's award in 長野県 whose results were issued, and one that is noticed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from grants.awards.api import Award
from grants.demo.api import Cast
from grants.programmes.api import Programme
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

from .models import Visit
from .services import plan_visit, save_record

_THERE, _NONE, _NOT = "there", "missing", "not_needed"
# What, yen, contract, acceptance, invoice, payment, result.
_ITEMS = (
    ("人件費　居場所の担当者 4月分", 208_000, _THERE, _THERE, _THERE, _THERE, "in_order"),
    ("人件費　居場所の担当者 5月分", 208_000, _THERE, _THERE, _THERE, _THERE, "in_order"),
    ("報償費　相談員の謝金 5月分", 74_400, _THERE, _THERE, _THERE, _THERE, "in_order"),
    ("会場使用料　7月分", 52_000, _THERE, _NONE, _THERE, _THERE, "found"),
    ("消耗品費　文具・飲料", 38_720, _NOT, _THERE, _THERE, _THERE, "in_order"),
    ("消耗品費　「行事用品」", 48_600, _NOT, _THERE, _THERE, _THERE, "found"),
    ("印刷費　案内ちらし 8,000部", 96_000, _THERE, _THERE, _THERE, _THERE, "in_order"),
    ("旅費　相談員の訪問 9月分", 12_480, _NOT, _THERE, _THERE, _THERE, "in_order"),
)
_FIELDS = (
    *("what", "amount", "contract_paper", "acceptance_paper", "invoice_paper"),
    *("payment_paper", "result"),
)
_QUESTIONS = (
    (
        "7月分の会場の検収はだれが行ったか。",
        "地域福祉課　担当",
        "利用の当日に見たが、検収の記録を作っていなかった。",
    ),
    (
        "行事用品の内訳は何か。",
        "地域福祉課　担当",
        "交流会の弁当代で、消耗品費として支出した。",
    ),
    (
        "委託先の活動実績をいつ確認したか。",
        "地域福祉課　担当",
        "7月分と8月分は、11月まで確認していなかった。",
    ),
)


def load(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], year: Programme
) -> None:
    last = Programme.objects.order_by("fiscal_year")[0]
    today = timezone.localdate()
    inspected = _plan(cast, office, Award.objects.get(programme=last, grantee=bodies["20"]))
    decider, inspector = cast.actor(office, Role.DECIDER), cast.actor(office, Role.INSPECTOR)
    perform(Visit, inspected.pk, "notify", decider, data=_numbered("府孤推第911号"))
    _write_down(inspector, inspected)
    perform(Visit, inspected.pk, "hold", inspector)
    perform(Visit, inspected.pk, "report", decider, data=_numbered("府孤推第912号"))
    noticed = _plan(
        cast,
        office,
        Award.objects.get(programme=last, grantee=bodies["31"]),
        planned_on=today + timedelta(days=12),
        place="鳥取県庁",
    )
    perform(Visit, noticed.pk, "notify", decider, data=_numbered("府孤推第913号"))


def _plan(cast: Cast, office: Organisation, award: Award, **changed: Any) -> Visit:
    inspector = cast.actor(office, Role.INSPECTOR)
    assert inspector.user_id is not None
    values = {
        "award": award,
        "contract": None,
        "contract_article": "",
        "kind": "on_site",
        "planned_on": timezone.localdate(),
        "place": "長野県庁",
        "scope": "前年度の交付金に係る支出の証拠書類、委託先の実施状況の確認の記録",
        **changed,
    }
    return plan_visit(actor=inspector, values=values, team=[(inspector.user_id, "第214号")])


def _write_down(inspector: Actor, visit: Visit) -> None:
    today = timezone.localdate()
    save_record(
        actor=inspector,
        visit=visit,
        seen_version=Visit.objects.get(pk=visit.pk).version,
        values={
            "held_on": today,
            "hours": "10時00分から12時10分まで",
            "cards_shown": "10時02分　地域福祉課　見本 太郎",
            "present": "地域福祉課　見本 太郎、見本 花子",
            "sampling": "金額の大きい順に8件",
            "debriefed_on": today,
            "summary": "調べた8件のうち、6件は適正であった。検収の記録がないものと、"
            "対象外の経費が1件ずつあった。委託先の実施状況の確認が遅れていた。",
        },
        items=[dict(zip(_FIELDS, row, strict=True)) for row in _ITEMS],
        questions=[
            {"asked_by": inspector.name, "question": asked, "answered_by": who, "answer": answer}
            for asked, who, answer in _QUESTIONS
        ],
    )


def _numbered(number: str) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "document_number": read_document_number(number).value,
        "decided_on": today,
        "issued_on": today,
    }
