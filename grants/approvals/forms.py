"""What is typed about routes, and what an approver adds."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.access.api import Role
from portal.accounts.api import Membership
from portal.core.actor import Actor
from portal.ui.api import PortalForm, RowForm, row_formset

from .models import Route
from .states import MOST_SEATS, SeatKind


class RouteForm(PortalForm):
    name = forms.CharField(label="経路の名称", max_length=60, help_text="例：交付申請、軽易なもの")


class _PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        return str(obj.user.name)


class SeatRow(RowForm):
    kind = forms.ChoiceField(label="種別", choices=SeatKind.choices)
    membership = _PersonField(
        label="決裁者", queryset=Membership.objects.none(), empty_label="選んでください"
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = people


SeatRows = row_formset(SeatRow, title="順番", extra=1, least=1, most=MOST_SEATS)


def seat_rows(actor: Actor, data: Any = None, route: Route | None = None) -> Any:
    """The table of a route's seats, with the office's 決裁者 to choose from."""
    people = (
        Membership.objects.in_force()
        .filter(organisation_id=actor.organisation_id, role=Role.APPROVER)
        .select_related("user")
        .order_by("user__name", "id")
    )
    initial = (
        [{"kind": seat.kind, "membership": seat.membership_id} for seat in route.seats.all()]
        if route is not None and data is None
        else None
    )
    return SeatRows(data, initial=initial, prefix="seats", form_kwargs={"people": people})


class EndorseForm(PortalForm):
    comment = forms.CharField(
        label="意見",
        max_length=500,
        required=False,
        help_text="後の順番の人と起案者が読みます。内閣府には表示しません。",
    )
