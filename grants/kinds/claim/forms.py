from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms

from grants.claims.api import MAX_KANA, AccountKind, Claim, read_holder
from portal.core.text import NOTE_WIDTH, Reading, fold_for_numbers, has_wide_digits
from portal.ui.api import LongTextField, PortalForm, ReadingField, ReasonField, YenField

# Far above any award, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


def _digits(length: int) -> Callable[[str], Reading[str]]:
    def read(text: str) -> Reading[str]:
        folded = fold_for_numbers(text)
        if not folded:
            return Reading(None, text)
        if not re.fullmatch(rf"[0-9]{{{length}}}", folded):
            return Reading(
                None,
                text,
                problem=f"{length}桁の数字で入力してください。足りないときは、先頭に0を付けます。",
            )
        return Reading(folded, text, notes=(NOTE_WIDTH,) if has_wide_digits(text) else ())

    return read


ACCOUNT_FIELDS = (
    *("bank_code", "bank_name", "branch_code", "branch_name"),
    *("account_kind", "number", "holder"),
)


class ClaimForm(PortalForm):
    """Everything may stay empty until it is filed; an account is whole or not there at all."""

    amount = YenField(label="今回の請求額", max_value=MAX_YEN, required=False)
    reason = LongTextField(
        label="資金需要の理由",
        max_length=2000,
        rows=4,
        required=False,
        help_text="なぜ、いま必要かを書きます。精算払のときは、空欄でかまいません。",
    )
    bank_code = ReadingField(
        label="金融機関コード", reader=_digits(4), required=False, help_text="4桁"
    )
    bank_name = forms.CharField(label="金融機関の名称", max_length=60, required=False)
    branch_code = ReadingField(label="店番号", reader=_digits(3), required=False, help_text="3桁")
    branch_name = forms.CharField(label="店の名称", max_length=60, required=False)
    account_kind = forms.ChoiceField(
        label="種別", choices=AccountKind.choices, widget=forms.RadioSelect, required=False
    )
    number = ReadingField(label="口座番号", reader=_digits(7), required=False, help_text="7桁")
    holder = forms.CharField(
        label="口座名義（カナ）",
        max_length=100,
        required=False,
        help_text="通帳のカナのとおり。半角カナ、英大文字、数字、().-/ と空白が使えます。例：ﾅｶﾞﾉｹﾝ ｶｲｹｲｶﾝﾘｼﾔ",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, width in (("bank_code", "6"), ("branch_code", "6"), ("number", "12")):
            self.fields[name].widget.attrs.update(
                {"class": f"input--w{width}", "inputmode": "numeric"}
            )

    def clean_holder(self) -> str:
        """Raises with the characters that no bank takes; what can be converted is put into the box."""
        typed = self.cleaned_data["holder"]
        kana = read_holder(typed)
        if kana.refused:
            raise forms.ValidationError(
                f"口座名義（カナ）に使えない文字があります：{_quoted(kana.refused)}。"
                "通帳のカナのとおりに入力してください。"
            )
        if len(kana.text) > MAX_KANA:
            raise forms.ValidationError(
                f"口座名義（カナ）は、{MAX_KANA}字以内にしてください。濁点も1字に数えます。"
                f"いまは{len(kana.text)}字です。"
            )
        if not kana.fits:
            self.data = {**self.data.dict(), self.add_prefix("holder"): kana.text}
            raise forms.ValidationError(
                f"銀行で使えない文字（{_quoted(kana.misfits)}）を、「{kana.text}」に直しました。"
                "よければ、もう一度保存してください。"
            )
        return kana.text

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        given = [name for name in ACCOUNT_FIELDS if values.get(name)]
        for name in ACCOUNT_FIELDS if given else ():
            if not values.get(name) and name not in self.errors:
                self.add_error(
                    name,
                    f"{self.fields[name].label}を入力してください。まだ分からないときは、"
                    "振込先をすべて空欄にします。",
                )
        return values

    @property
    def account(self) -> dict[str, str] | None:
        """Only after is_valid()."""
        values = {name: self.cleaned_data[name] for name in ACCOUNT_FIELDS}
        values["kind"] = values.pop("account_kind")
        return values if all(values.values()) else None


def _quoted(characters: tuple[str, ...]) -> str:
    return "".join(f"「{one}」" for one in characters)


class MonthForm(PortalForm):
    use_required_attribute = False
    direct = YenField(label="直営の支出", max_value=MAX_YEN, required=False)
    purpose = forms.CharField(label="使いみち", max_length=200, required=False)


def claim_form(claim: Claim, data: Any = None) -> ClaimForm:
    first: dict[str, Any] = {"amount": claim.amount, "reason": claim.reason}
    if claim.account is not None:
        first |= {name: getattr(claim.account, name, "") for name in ACCOUNT_FIELDS}
        first["account_kind"] = claim.account.kind
    return ClaimForm(data, initial=first, version=claim.version)


def month_forms(claim: Claim, data: Any = None) -> list[MonthForm]:
    """One form a month, named by its uid; `row` is what stands beside it. None for 精算払."""
    found = []
    for row in () if claim.is_final else claim.months.all():
        first = {"direct": row.direct, "purpose": row.purpose}
        place = f"{row.month.year}年{row.month.month}月"
        form = MonthForm(data, prefix=str(row.uid), initial=first, place=place)
        form.row = row
        found.append(form)
    return found


class GiveUpForm(PortalForm):
    has_request_key = True

    reason = ReasonField(label="取りやめる理由")
