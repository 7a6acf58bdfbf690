"""Three findings of the visit in 長野県: one corrected and to be checked, one owed, one closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from grants.demo.api import Cast
from grants.programmes.api import Programme
from inspections.visits.api import Visit, VisitState
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.workflow.api import perform

from .models import Finding
from .services import save_correction, write_finding

_FINDINGS: tuple[dict[str, Any], ...] = (
    {
        "code": "ineligible_cost",
        "title": "対象外の経費を支出した",
        "text": "交流会の弁当代を消耗品費として支出していた（調べたもの6番）。食糧費は対象経費でない。",
        "amount": 48_600,
        "severity": "ordinary",
        "clause_number": "",
        "article": "適正化法11条1項、交付要綱（対象経費）",
    },
    {
        "code": "papers_not_kept",
        "title": "委託先の実施状況を毎月把握していない",
        "text": "7月分と8月分の活動実績を、11月まで確認していなかった。",
        "amount": None,
        "severity": "ordinary",
        "clause_number": "2(2)-1",
        "article": "",
    },
    {
        "code": "no_acceptance_record",
        "title": "検収の記録がない",
        "text": "会場使用料 7月分の検収の記録がなかった（調べたもの4番）。",
        "amount": None,
        "severity": "slight",
        "clause_number": "",
        "article": "委託契約9条",
    },
)
_CORRECTIONS = {
    1: ("県の一般財源に振り替える。", "地域福祉課　経理担当", "県の一般財源に振り替えた。"),
    3: (
        "検収の記録を作る。",
        "地域福祉課　事業担当",
        "施設の利用記録で事実を確かめ、検収の記録を補った。",
    ),
}
_CLOSED = 3


def load(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], year: Programme
) -> None:
    nagano, today = bodies["20"], timezone.localdate()
    inspector, decider = cast.actor(office, Role.INSPECTOR), cast.actor(office, Role.DECIDER)
    approver = cast.actor(nagano, Role.APPROVER)
    visit = Visit.objects.get(award__grantee=nagano, state=VisitState.REPORTED)
    for values in _FINDINGS:
        finding = write_finding(actor=inspector, visit=visit, values=values)
        due = {"comment_due_on": today + timedelta(days=14)}
        perform(Finding, finding.pk, "issue", decider, data=due)
        perform(Finding, finding.pk, "comment", approver, data={"comment": "意見なし"})
        ruling = {"reason": "団体も事実を認めた。", "due_on": today + timedelta(days=30)}
        perform(Finding, finding.pk, "uphold", decider, data=ruling)
        if finding.number not in _CORRECTIONS:
            continue
        _correct(cast, nagano, finding)
        if finding.number == _CLOSED:
            note = {"note": "補った検収の記録と施設の利用記録が合うことを確かめた。"}
            perform(Finding, finding.pk, "close", inspector, data=note)


def _correct(cast: Cast, body: Organisation, finding: Finding) -> None:
    plan, owner, correction = _CORRECTIONS[finding.number]
    save_correction(
        actor=cast.actor(body, Role.DRAFTER),
        finding=finding,
        seen_version=Finding.objects.get(pk=finding.pk).version,
        values={"plan": plan, "owner": owner, "correction": correction},
    )
    perform(Finding, finding.pk, "correct", cast.actor(body, Role.APPROVER))
