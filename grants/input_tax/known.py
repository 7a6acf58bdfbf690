"""What a confirmed report says to the refunds: tax that was deducted comes back."""

from __future__ import annotations

from collections.abc import Iterator

from grants.awards.api import Award
from grants.conditions.api import claims_of
from grants.refunds.api import Claim
from portal.core.money import format_yen

from .models import InputTaxReport


def claims(award: Award) -> Iterator[Claim]:
    """交付の条件 (適正化法7条3項), without 加算金."""
    yield from claims_of(InputTaxReport, award, _about)


def _about(report: InputTaxReport) -> str:
    more = "、前の報告より多い" if report.corrects_id else "、"
    return (
        f"{report.filing.receipt_number}により{more}仕入控除税額のうち"
        f"{format_yen(report.increase)}が国に返す額と確認された。"
    )
