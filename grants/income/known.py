"""What a confirmed report says to the refunds: a part of the income is paid to the state."""

from __future__ import annotations

from collections.abc import Iterator

from grants.awards.api import Award
from grants.conditions.api import claims_of
from grants.refunds.api import Claim
from portal.core.money import format_yen

from .models import IncomeReport


def claims(award: Award) -> Iterator[Claim]:
    """交付の条件 (適正化法7条2項), without 加算金: what it pays is no part of what was received."""
    yield from claims_of(IncomeReport, award, _about)


def _about(report: IncomeReport) -> str:
    more = "訂正の報告により、前の報告より多い" if report.corrects_id else ""
    return (
        f"{report.filing.receipt_number}（{report.year.label}）の{more}"
        f"収益のうち{format_yen(report.increase)}が国に納付する額と確認された。"
    )
