"""What is typed about a link, its consent, and who was paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils import timezone

from grants.contractors.api import BodyType, ContractKind, Contractor
from portal.core.actor import Actor
from portal.core.identifiers import read_corporate_number
from portal.ui.api import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    ReadingField,
    ReasonField,
    RowForm,
    YenField,
    row_formset,
    word_messages,
)

from .chain import Chain
from .models import Subcontract
from .services import Terms
from .states import Extent, LinkKind

_MOST = 999_999_999_999
_NEW, _TOP = "new", "contract"
_BODY = ("name", "kana", "body_type", "representative", "address")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A line of the contract with the box for what of it goes on; yen."""

    item: str
    amount: int
    left: int
    box: BoundField


class LinkForm(PortalForm):
    """The body and the place in the chain are asked once; a change keeps both."""

    parent = forms.ChoiceField(label="再委託する団体", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="種別", choices=LinkKind.choices, widget=forms.RadioSelect)
    body = forms.ChoiceField(label="再委託先")
    name = forms.CharField(label="名称", max_length=200, required=False)
    kana = forms.CharField(
        label="よみ", max_length=200, required=False, help_text="ひらがなで入力してください。"
    )
    body_type = forms.ChoiceField(
        label="団体の種類", choices=[("", "選んでください"), *BodyType.choices], required=False
    )
    corporate_number = ReadingField(
        label="法人番号",
        reader=read_corporate_number,
        required=False,
        help_text="13桁。法人番号のない団体は、空欄のままにしてください。",
    )
    representative = PersonNameField(label="代表者の氏名", max_length=100, required=False)
    address = forms.CharField(label="所在地", max_length=300, required=False)
    work = LongTextField(label="再委託する業務", max_length=1000, rows=4)
    reason = ReasonField(
        label="再委託する理由",
        max_length=1000,
        help_text="自ら行うより必要かつ合理的で、効果的である理由を書いてください。",
    )
    starts_on = JapaneseDateField(label="期間の初日")
    ends_on = JapaneseDateField(label="期間の末日")
    begun_on = JapaneseDateField(
        label="承諾の前に始めた日",
        required=False,
        help_text="承諾を受けずにもう始めているときだけ、その日を入力してください。",
    )
    requested_on = JapaneseDateField(label="承諾願の日", help_text="紙の承諾願の日付です。")

    _PLACE = ("parent", "kind", "body", *_BODY, "corporate_number")

    def __init__(
        self,
        *args: Any,
        chain: Chain,
        bodies: Iterable[Contractor] = (),
        is_new: bool,
        is_office: bool,
        own: Subcontract | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._chain, self._own = chain, own
        today = timezone.localdate()
        self.fields["begun_on"].latest = self.fields["requested_on"].latest = today
        if not is_office:
            del self.fields["requested_on"]
        if is_new:
            self._offer_places(bodies)
        else:
            for name in self._PLACE:
                del self.fields[name]
        self._add_boxes()

    @classmethod
    def of(cls, link: Subcontract, chain: Chain, *, is_office: bool, data: Any = None) -> LinkForm:
        """With the terms of a link: to edit it, or to ask for a change of it."""
        names = ("work", "reason", "starts_on", "ends_on", "begun_on", "requested_on")
        is_change = not link.is_writable
        initial = {name: getattr(link, name) for name in names}
        if is_change:
            initial |= {"reason": "", "begun_on": None, "requested_on": None}
            initial["starts_on"] = max(link.starts_on, timezone.localdate())
        return cls(
            data,
            chain=chain,
            is_new=False,
            is_office=is_office,
            own=link,
            version=link.version,
            initial=initial,
        )

    def _offer_places(self, bodies: Iterable[Contractor]) -> None:
        chain = self._chain
        places = [(_TOP, f"{chain.contract.contractor.name}（契約の相手方）")]
        places += [(str(link.pk), f"{link.contractor.name}（再委託先）") for link in chain.in_force]
        self.fields["parent"].choices = places
        self.fields["parent"].initial = _TOP
        self.fields["kind"].initial = LinkKind.CONTRACT
        if chain.contract.kind != ContractKind.SUBSIDY:
            del self.fields["kind"]
        known = [(str(body.pk), body.name) for body in bodies]
        self.fields["body"].choices = [
            ("", "選んでください"),
            *known,
            (_NEW, "一覧にない団体（下に入力する）"),
        ]
        if not known:
            self.fields["body"].initial = _NEW

    def _add_boxes(self) -> None:
        chain, own = self._chain, self._own
        shares = {s.line_uid: s.amount for s in own.shares.all()} if own else {}
        extents = {a.activity_uid: a.extent for a in own.activities.all()} if own else {}
        for uid, item in chain.items.items():
            self._add(
                f"share_{uid}",
                YenField(
                    label=f"「{item}」から再委託する額",
                    required=False,
                    max_value=_MOST,
                    initial=shares.get(uid),
                ),
            )
        for uid, name in chain.names.items():
            self._add(
                f"extent_{uid}",
                forms.ChoiceField(
                    label=f"「{name}」の業務",
                    choices=[("", "再委託しない"), *Extent.choices],
                    widget=forms.RadioSelect,
                    required=False,
                    initial=extents.get(uid, ""),
                ),
            )

    def _add(self, name: str, box: forms.Field) -> None:
        word_messages(box, str(box.label))
        self.fields[name] = box

    @property
    def place_fields(self) -> list[BoundField]:
        return [self[name] for name in ("parent", "kind") if name in self.fields]

    @property
    def body_fields(self) -> list[BoundField]:
        names = ("name", "kana", "body_type", "corporate_number", "representative", "address")
        return [self[name] for name in names if name in self.fields]

    @property
    def extent_fields(self) -> list[BoundField]:
        return [self[f"extent_{uid}"] for uid in self._chain.names]

    @property
    def term_fields(self) -> list[BoundField]:
        names = ("starts_on", "ends_on", "begun_on", "requested_on")
        return [self[name] for name in names if name in self.fields]

    @property
    def share_rows(self) -> list[ShareRow]:
        """Beside what of each line goes on already, directly below the contract."""
        gone: dict[UUID, int] = {}
        for link in self._chain.below(None):
            if self._own is None or link.pk not in (self._own.pk, self._own.replaces_id):
                for share in link.shares.all():
                    gone[share.line_uid] = gone.get(share.line_uid, 0) + share.amount
        return [
            ShareRow(item, has, has - gone.get(uid, 0), self[f"share_{uid}"])
            for uid, item in self._chain.items.items()
            for has in (self._chain.top.shares.get(uid, 0),)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "期間の末日は、初日以後の日付にしてください。")
        if values.get("body") == _NEW:
            self._demand_body(values)
        if not self.errors and not any(self._shares(values).values()):
            raise forms.ValidationError("再委託する額を、内訳に1行以上入力してください。")
        if not self.errors and not any(self._extents(values).values()):
            raise forms.ValidationError("再委託する取組を、1つ以上選んでください。")
        return values

    def _demand_body(self, values: Mapping[str, Any]) -> None:
        for name in _BODY:
            if name not in self.errors and not values.get(name):
                self.add_error(name, f"再委託先の{self.fields[name].label}を入力してください。")

    def _shares(self, values: Mapping[str, Any]) -> dict[UUID, int]:
        return {uid: values.get(f"share_{uid}") or 0 for uid in self._chain.items}

    def _extents(self, values: Mapping[str, Any]) -> dict[UUID, str]:
        return {uid: values.get(f"extent_{uid}") or "" for uid in self._chain.names}

    @property
    def terms(self) -> Terms:
        typed = self.cleaned_data
        names = ("kind", "work", "reason", "starts_on", "ends_on", "begun_on", "requested_on")
        values = {name: typed[name] for name in names if name in typed}
        return Terms(values, self._shares(typed), self._extents(typed))

    @property
    def chosen_parent(self) -> Subcontract | None:
        chosen = self.cleaned_data["parent"]
        return None if chosen == _TOP else self._chain.by_id[UUID(chosen)]

    @property
    def chosen_body(self) -> UUID | None:
        """None for one that was typed."""
        chosen = self.cleaned_data["body"]
        return None if chosen == _NEW else UUID(chosen)

    @property
    def new_body(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in _BODY}


class InviteRecorderForm(PortalForm):
    name = PersonNameField(label="氏名", max_length=100)
    email = forms.EmailField(
        label="メールアドレス",
        help_text="団体の連絡先を入力してください。どのドメインでも使えます。",
    )


class _LinkActForm(PortalForm):
    def __init__(self, *args: Any, subject: Subcontract, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject


class ConsentForm(_LinkActForm):
    document_number = DocumentNumberField(label="承諾書の文書番号", help_text="例：6福第12号")
    consented_on = JapaneseDateField(label="承諾の日")
    conditions = LongTextField(
        label="承諾の条件",
        max_length=1000,
        rows=4,
        required=False,
        help_text="検査への協力、帳簿の保存、秘密の保持など、守らせることを書いてください。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["consented_on"]
        day.earliest, day.latest = self.subject.requested_on, timezone.localdate()
        day.initial = timezone.localdate()


class AnswerForm(_LinkActForm):
    reason = ReasonField(label="理由", max_length=1000)


class RevokeForm(AnswerForm):
    revoked_on = JapaneseDateField(label="承諾を取り消す日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["revoked_on"]
        day.earliest, day.latest = self.subject.consented_on, timezone.localdate()
        day.initial = timezone.localdate()


class PayeeRow(RowForm):
    body = forms.ChoiceField(label="支払先")
    name = forms.CharField(label="承諾のない支払先の名称", max_length=200, required=False)
    line = forms.ChoiceField(label="積算内訳")
    amount = YenField(label="支払った額", min_value=1, max_value=_MOST)
    paid_on = JapaneseDateField(label="支払日", help_text="")

    def __init__(
        self,
        *args: Any,
        bodies: Mapping[str, str],
        lines: Mapping[str, str],
        earliest: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [
            ("", "選んでください"),
            *bodies.items(),
            (_NEW, "承諾のない支払先"),
        ]
        self.fields["line"].choices = [("", "選んでください"), *lines.items()]
        day = self.fields["paid_on"]
        day.earliest, day.latest = earliest, timezone.localdate()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_new = values.get("body") == _NEW
        if values.get("body") and is_new != bool(values.get("name")):
            self.add_error(
                "name",
                "承諾のない支払先の名称を入力してください。"
                if is_new
                else "名称は、承諾のない支払先のときだけ入力してください。",
            )
        return values


PayeeRows = row_formset(PayeeRow, title="支払先", extra=1, most=60)
