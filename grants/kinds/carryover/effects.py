from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import (
    Issue,
    lock_award,
    permit_carryover,
    refuse_change,
    report_due,
    request_notice,
)
from grants.carryovers.api import keep_carried
from grants.filings.api import Filing, latest_version
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.money import format_yen

Data = Mapping[str, Any]
LAW = "適正化法7条1項5号、財政法43条"


def approve(filing: Filing, actor: Actor, data: Data) -> None:
    """The lines that were chosen, in whole or in part; the days that follow from it are said."""
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    award = lock_award(filing.carryover.award)
    chosen = set(data["lines"])
    lines = [line for line in sealed.content["lines"] if line["line_uid"] in chosen]
    decision = permit_carryover(
        actor=actor,
        filing=filing,
        sealed=sealed,
        national=sum(line["national"] for line in lines),
        reason=data["part_reason"],
        issue=Issue.of(data),
        conditions=data["conditions"],
    )
    carried = keep_carried(
        carryover=filing.carryover,
        award=award,
        decision=decision,
        lines=lines,
        minister_on=data["minister_on"],
        minister_number=data["minister_number"],
    )
    due = report_due(None, award.programme.terms(), carried.step)
    data["_said"]["繰り越す国費"] = format_yen(carried.national)
    data["_said"]["国の予算の繰越額"] = format_yen(carried.state_amount)
    data["_said"]["完了の予定の日"] = day_with_weekday(carried.last_day)
    data["_said"]["実績報告の期限"] = f"遅くとも{day_with_weekday(due.day)}"
    if carried.minister_on:
        shown = f"{day_with_weekday(carried.minister_on)}　{carried.minister_number}"
        data["_said"]["財務大臣の承認"] = shown
    request_notice(filing, decision, "notice_of_carryover", data)


def refuse(filing: Filing, actor: Actor, data: Data) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    decision = refuse_change(
        actor=actor,
        filing=filing,
        sealed=sealed,
        reason=data["reason"],
        issue=Issue.of(data),
        legal_basis=LAW,
    )
    data["_said"]["理由"] = data["reason"]
    request_notice(filing, decision, "notice_of_carryover_refusal", data)
