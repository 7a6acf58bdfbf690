"""One demand under way to six bodies, one that waits for its issue."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from grants.demo.api import Cast
from grants.programmes.api import Programme
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

from .models import Demand, Report
from .services import ask_for_time, save_report, write_demand

_QUESTIONS = (
    "委託契約の相手方、金額及び契約の方法",
    "委託先から受けた月報を確認した日と、確認した者",
    "前年度の委託料のうち、年度末の2か月に支払った額とその理由",
)
_REPORTED = {
    "01": (
        "3件、計980万円。うち2件は公募型プロポーザル。",
        "毎月20日までに担当者が確認した。",
        "120万円。3月分の精算。",
    ),
    "13": (
        "5件、計2,140万円。すべて一般競争入札。",
        "毎月末に担当者と係長が確認した。",
        "310万円。3月分の精算と報告書の作成。",
    ),
    "27": ("4件、計1,650万円。", "年度末にまとめて確認した。", "820万円。"),
}
_ACCEPTED, _ASKED_AGAIN, _LATER = "01", "27", "23"


def load(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], year: Programme
) -> None:
    inspector = cast.actor(office, Role.INSPECTOR)
    demand = _issued(cast, office, bodies, year)
    for code, texts in _REPORTED.items():
        report = Report.objects.get(demand=demand, grantee=bodies[code])
        save_report(
            actor=cast.actor(bodies[code], Role.DRAFTER),
            report=report,
            seen_version=report.version,
            texts=dict(enumerate(texts, start=1)),
            upload=None,
        )
        perform(Report, report.pk, "answer", cast.actor(bodies[code], Role.APPROVER))
        if code == _ACCEPTED:
            perform(Report, report.pk, "accept", inspector)
        elif code == _ASKED_AGAIN:
            again = {
                "reason": "（2）月ごとに確認していない理由を、（3）支払いの内訳を加えてください。",
                "due_on": timezone.localdate() + timedelta(days=14),
            }
            perform(Report, report.pk, "ask_again", inspector, data=again)
    ask_for_time(
        actor=cast.actor(bodies[_LATER], Role.DRAFTER),
        report=Report.objects.get(demand=demand, grantee=bodies[_LATER]),
        wanted_on=timezone.localdate() + timedelta(days=23),
        reason="委託先の決算が固まるのを待つため。",
    )
    _drafted(inspector, bodies, year)


def _issued(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], year: Programme
) -> Demand:
    today = timezone.localdate()
    demand = write_demand(
        actor=cast.actor(office, Role.INSPECTOR),
        programme=year,
        values={
            "title": "委託料の執行と確認の状況",
            "basis": "both",
            "reason": "前年度の実績報告に、年度末に支払いが集中しているものがあったため。",
            "due_on": today + timedelta(days=9),
        },
        questions=_QUESTIONS,
        grantees=[bodies[code] for code in ("01", "13", "20", "21", "23", "27")],
    )
    data = {
        "document_number": read_document_number("府孤推第901号").value,
        "decided_on": today,
        "issued_on": today,
    }
    perform(Demand, demand.pk, "issue", cast.actor(office, Role.DECIDER), data=data)
    return demand


def _drafted(inspector: Actor, bodies: dict[str, Organisation], year: Programme) -> None:
    write_demand(
        actor=inspector,
        programme=year,
        values={
            "title": "交付決定前に支出した経費の有無",
            "basis": "law",
            "reason": "事前着手届のない支出がないかを確かめるため。",
            "due_on": timezone.localdate() + timedelta(days=30),
        },
        questions=(
            "交付決定の日より前に契約し、又は支出したものの有無",
            "有るときは、その内容、金額及び理由",
        ),
        grantees=bodies.values(),
    )
