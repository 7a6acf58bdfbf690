"""What a confirmed report says to the refunds: tax that was deducted comes back."""

from __future__ import annotations

from collections.abc import Iterator

from grants.awards.api import Award
from grants.refunds.api import Claim, Ground
from portal.core.money import format_yen

from .lessening import deducted, undecided
from .models import InputTaxReport


def claims(award: Award) -> Iterator[Claim]:
    """交付の条件 (適正化法7条3項): one a report, without 加算金.

    None while a report that says less awaits its decision: what is ordered would be too much.
    """
    reports = InputTaxReport.objects.filter(award=award).confirmed()
    confirmed = [
        one
        for one in reports.select_related("filing").order_by("filing__created_at")
        if one.increase
    ]
    if not confirmed or undecided(award):
        return
    ordered, less = award.refund_orders.by_claim(), deducted(award)
    for one in confirmed:
        key = f"input_tax:{one.pk}"
        left = one.increase - ordered.get(key, 0)
        taken_off = min(left, less)
        less -= taken_off
        if left > taken_off:
            yield Claim(key, Ground.INPUT_TAX, left - taken_off, _about(one, taken_off))


def _about(report: InputTaxReport, taken_off: int) -> str:
    more = "、前の報告より多い" if report.corrects_id else "、"
    said = (
        f"{report.filing.receipt_number}により{more}仕入控除税額のうち"
        f"{format_yen(report.increase)}が国に返す額と確認された。"
    )
    return said + (f"うち{format_yen(taken_off)}は、減額された。" if taken_off else "")
