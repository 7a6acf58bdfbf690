from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from portal.access.api import Role
from portal.core.actor import Actor
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
)

from .models import ApprovalRoute, Membership, Organisation
from .policy import manages_absences


class InviteForm(PortalForm):
    name = forms.CharField(label="氏名", max_length=100)
    email = forms.EmailField(
        label="メールアドレス",
        help_text="職場のアドレスを入力してください。どのドメインでも使えます。",
    )
    role = forms.ChoiceField(label="役割")

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]


class AcceptForm(PortalForm):
    password1 = forms.CharField(
        label="パスワード",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text="15文字以上。貼り付けもできます。",
    )
    password2 = forms.CharField(
        label="パスワード（確認）",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", "2つのパスワードが違います。同じものを入力してください。")
        return values


class OrganisationForm(PortalForm):
    department = forms.CharField(label="担当部署", max_length=200, required=False)
    approval_route = forms.ChoiceField(
        label="決裁の方法", choices=ApprovalRoute.choices, widget=forms.RadioSelect
    )
    counts_numbers = forms.BooleanField(
        label="文書番号をポータルで採番する",
        required=False,
        help_text="選ばないときは、庁内の文書管理簿の番号を入力します。",
    )
    document_symbol = forms.CharField(
        label="文書記号", max_length=40, required=False, help_text="例：8地福第"
    )

    @classmethod
    def of(cls, organisation: Organisation, data: Any = None) -> OrganisationForm:
        return cls(
            data,
            initial={name: getattr(organisation, name) for name in cls.base_fields},
        )


class _PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.user.name}（{obj.get_role_display()}）"


class AbsenceForm(PortalForm):
    """Oneself; whoever manages the organisation's people may choose any of them."""

    membership = _PersonField(
        label="不在の人", queryset=Membership.objects.none(), empty_label=None
    )
    starts_on = JapaneseDateField(label="初日")
    ends_on = JapaneseDateField(label="最終日", help_text="この日までを不在とします。")
    deputy = _PersonField(
        label="代わりの人",
        queryset=Membership.objects.none(),
        required=False,
        empty_label="決めない",
        help_text="同じ役割を持つ別の人。担当の一覧に、代わりの人として表示します。",
    )
    note = forms.CharField(
        label="備考", max_length=200, required=False, help_text="組織の中だけに表示します。"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = (
            Membership.objects.in_force()
            .filter(organisation_id=actor.organisation_id)
            .select_related("user")
            .order_by("role", "user__name", "id")
        )
        mine = colleagues.filter(user_id=actor.user_id)
        self.fields["membership"].queryset = colleagues if manages_absences(actor) else mine
        self.fields["membership"].initial = mine.filter(role=actor.role).first()
        self.fields["deputy"].queryset = colleagues


class HandoverForm(PortalForm):
    """Oneself, or anybody of the office for its manager; the successor has the role already."""

    membership = _PersonField(
        label="前任の人", queryset=Membership.objects.none(), empty_label=None
    )
    successor = _PersonField(
        label="後任の人",
        queryset=Membership.objects.none(),
        empty_label="選んでください",
        help_text="同じ役割を持つ別の人。まだいないときは、先に県管理者が招待します。",
    )
    effective_on = JapaneseDateField(
        label="発令日", help_text="この日から、前任の人は閲覧だけになります。例：R9.4.1"
    )
    note = LongTextField(
        label="引継ぎの内容",
        max_length=4000,
        rows=8,
        help_text="続いている仕事、期限、連絡先など。組織の中だけに表示します。",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = (
            Membership.objects.acting()
            .filter(organisation_id=actor.organisation_id)
            .select_related("user")
            .order_by("role", "user__name", "id")
        )
        mine = colleagues.filter(user_id=actor.user_id)
        self.fields["membership"].queryset = colleagues if manages_absences(actor) else mine
        self.fields["membership"].initial = mine.filter(role=actor.role).first()
        self.fields["successor"].queryset = colleagues


class ReopeningForm(PortalForm):
    organisation = forms.ModelChoiceField(
        label="都道府県", queryset=Organisation.objects.none(), empty_label="選んでください"
    )
    name = PersonNameField(label="新しい県管理者の氏名", max_length=100)
    email = forms.EmailField(label="メールアドレス")
    reason = LongTextField(
        label="確かめた方法と理由",
        max_length=500,
        rows=3,
        help_text="本人と所属をどのように確かめたか（公文書の番号、電話での折返しなど）。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.without_manager()
