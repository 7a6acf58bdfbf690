"""The terms of a programme on one day, as plain typed values: what pure rules are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from portal.core.dates import FiscalYear


@dataclass(frozen=True, slots=True)
class ExpenseCategory:
    """One 節 of the budget with whether the programme pays for it."""

    code: str
    name: str
    is_eligible: bool
    subsidy_only: bool
    note: str


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """A paper that an application comes with; `may_come_late`: after the council's vote."""

    key: str
    label: str
    note: str
    is_required: bool
    may_come_late: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """Amounts in yen, periods in days, moments in Japan time. Names as in `keys.KEYS`.

    `form_numbers` by the form's name («application»); a form without a number has an empty one.
    """

    fiscal_year: int
    official_name: str
    project_name: str
    purpose: str
    guideline_title: str
    addressee: str
    eligible_bodies: tuple[str, ...]
    grant_rate: Fraction
    amount_unit: int
    base_amount: int | None
    grant_cap: int | None
    budget: int
    window_opens: datetime
    window_closes: datetime
    standard_processing_days: int
    due_soon_days: int
    withdraw_days: int
    answer_days: int
    first_eligible_day: str
    over_allotment: str
    file_limit_mb: int
    filing_limit_mb: int
    month_due_day: int
    unusual_percent: int
    minor_change_percent: int
    minor_change_basis: str
    minor_change_unit: str
    always_approved: tuple[str, ...]
    progress_dates: tuple[tuple[int, int], ...]
    progress_due_days: int
    progress_gap_points: int
    report_months: int
    report_counting: str
    report_day: tuple[int, int]
    unfinished_day: tuple[int, int]
    report_roll: str
    accounts_paper: str
    carryover_day: tuple[int, int]
    carryover_causes: tuple[str, ...]
    accident_causes: tuple[str, ...]
    carryover_minister: str
    interest_rate: Fraction
    interest_unit: int
    refund_reduces: str
    refund_due_days: int
    appeal_days: int
    payment_day: tuple[int, int]
    check_pledges: tuple[str, ...]
    check_evidence: tuple[str, ...]
    papers_general: tuple[str, ...]
    papers_designated: tuple[str, ...]
    papers_proposal: tuple[str, ...]
    papers_small: tuple[str, ...]
    papers_negotiated: tuple[str, ...]
    estimate_grounds: tuple[str, ...]
    estimate_bodies: int
    small_contract_ceiling: tuple[tuple[date, int], ...]
    subcontract_depth: int
    officers_keep_days: int
    publish_threshold: int
    retention_years: int
    office_retention_years: int
    unawarded_retention_years: int
    expiry_measure: str
    disclosure_days: int
    disclosure_extension_days: int
    reading_days: int
    input_tax_due_years: int
    input_tax_due_day: tuple[int, int]
    input_tax_share: str
    input_tax_transition: tuple[tuple[date, Fraction], ...]
    income_report: str
    income_first: str
    income_years: int
    income_due_day: tuple[int, int]
    income_roll: str
    income_deducted: tuple[str, ...]
    income_share: str
    income_threshold: int
    income_ceiling: str
    property_threshold: int
    inventory_day: tuple[int, int]
    blanket_years: int
    blanket_disposals: tuple[str, ...]
    residual_counting: str
    disposal_return: str
    disposal_report_months: int
    receipt_symbol: str
    categories: tuple[ExpenseCategory, ...]
    papers: tuple[RequiredPaper, ...]
    form_numbers: Mapping[str, str]

    @property
    def year_label(self) -> str:
        """«令和8年度»"""
        return FiscalYear(self.fiscal_year).label

    def small_ceiling_on(self, day: date) -> int:
        """Yen: 少額の随意契約 signed on the day (地方自治法施行令別表第五)."""
        return next(yen for last, yen in self.small_contract_ceiling if day <= last)

    def category(self, code: str) -> ExpenseCategory | None:
        return next((c for c in self.categories if c.code == code), None)
