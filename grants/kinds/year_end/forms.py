from __future__ import annotations

from portal.ui.api import JapaneseDateField, LongTextField, PortalForm, YenField

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class YearEndForm(PortalForm):
    """Everything may stay empty until it is filed; the checklist says what is missing."""

    summary = LongTextField(label="年度中に実施したこと", max_length=2000, rows=6, required=False)
    spent = YenField(
        label="年度末までの支出済額",
        max_value=MAX_YEN,
        required=False,
        help_text="委託先への支払は、契約の記録から写しています。県が直接支払った額を加えてください。",
    )
    outlook = LongTextField(label="完了までの見通し", max_length=2000, rows=4, required=False)
    completes_on = JapaneseDateField(label="完了の予定の日", required=False)
