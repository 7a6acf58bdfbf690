"""In which order and under which headings the page of a year shows its values."""

from __future__ import annotations

from .contract_keys import CONTRACT_KEYS
from .form_numbers import FORM_KEYS

# Slug, title, keys.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "names",
        "名称と対象",
        (
            "official_name",
            "project_name",
            "purpose",
            "guideline_title",
            "addressee",
            "eligible_bodies",
        ),
    ),
    (
        "amounts",
        "額の決まり",
        (
            "grant_rate",
            "amount_unit",
            "base_amount",
            "grant_cap",
            "budget",
            "over_allotment",
            "unusual_percent",
        ),
    ),
    (
        "periods",
        "受付と期間",
        (
            "window_opens",
            "window_closes",
            "standard_processing_days",
            "due_soon_days",
            "answer_days",
            "withdraw_days",
            "first_eligible_day",
            "month_due_day",
        ),
    ),
    (
        "changes",
        "変更の承認と遂行状況",
        (
            "minor_change_percent",
            "minor_change_basis",
            "minor_change_unit",
            "always_approved",
            "progress_dates",
            "progress_due_days",
            "progress_gap_points",
        ),
    ),
    (
        "carryovers",
        "繰越し",
        ("carryover_day", "carryover_causes", "accident_causes", "carryover_minister"),
    ),
    (
        "closing",
        "実績報告と返還",
        (
            "report_months",
            "report_counting",
            "report_day",
            "unfinished_day",
            "report_roll",
            "accounts_paper",
            "interest_rate",
            "interest_unit",
            "refund_reduces",
            "refund_due_days",
            "appeal_days",
        ),
    ),
    (
        "retention",
        "保存と開示",
        (
            "retention_years",
            "office_retention_years",
            "unawarded_retention_years",
            "expiry_measure",
            "disclosure_days",
            "disclosure_extension_days",
            "publish_threshold",
            "reading_days",
        ),
    ),
    ("payments", "請求と支払", ("payment_day",)),
    ("contracts", "契約", tuple(key.name for key in CONTRACT_KEYS)),
    (
        "income",
        "収益状況報告と収益納付",
        (
            "income_report",
            "income_first",
            "income_years",
            "income_due_day",
            "income_roll",
            "income_deducted",
            "income_share",
            "income_threshold",
            "income_ceiling",
        ),
    ),
    (
        "property",
        "仕入控除税額と財産",
        (
            "input_tax_due_years",
            "input_tax_due_day",
            "input_tax_share",
            "input_tax_transition",
            "property_threshold",
            "inventory_day",
            "blanket_years",
            "blanket_disposals",
            "residual_counting",
            "disposal_return",
            "disposal_report_months",
        ),
    ),
    ("filing", "提出のしかた", ("file_limit_mb", "filing_limit_mb", "receipt_symbol")),
    ("forms", "様式番号", tuple(name for name, _, _ in FORM_KEYS)),
)
