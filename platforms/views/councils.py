"""The register of 地域協議会, apart from the platforms."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.access.api import ActionView
from portal.accounts.api import Organisation
from portal.audit.api import story
from portal.core.problems import Refused
from portal.ui.api import PortalForm, RowFormSet

from ..forms import BodyRows, CouncilForm, OathRows, VersionForm
from ..models import Council, Oath
from ..rules import notice_of
from ..services import (
    BodyFacts,
    OathFacts,
    change_bodies,
    change_council,
    change_oaths,
    register_council,
)
from .base import FormView, RowsView, empty_row_where

_PER_PAGE = 50


class CouncilListView(ActionView):
    action = "platforms.councils"

    def get(self, request: HttpRequest) -> HttpResponse:
        councils = Council.objects.for_user(self.actor).with_counts().select_related("owner")
        ordered = councils.order_by("owner__prefecture_id", "name", "pk")
        context = {
            "page_obj": Paginator(ordered, _PER_PAGE).get_page(request.GET.get("page")),
            "may_edit": self.may("platforms.councils.edit"),
        }
        return render(request, "platforms/councils.html", context)


class CouncilView(ActionView):
    """What is published, who is in it; names of persons for its own prefecture alone."""

    action = "platforms.councils"
    model = Council

    def get_queryset(self) -> Any:
        return super().get_queryset().with_counts().select_related("owner")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        council: Council = self.subject
        bodies = list(council.bodies.order_by("order"))
        now = [(body.name, body.is_coordinator) for body in bodies if body.left_on is None]
        oaths = Oath.objects.for_user(self.actor).filter(body__council=council)
        context = {
            "council": council,
            "bodies": bodies,
            "notice": notice_of(council.name, [council.owner.name, *council.joint_bodies], now),
            "oaths": oaths.select_related("body").order_by("body__order", "order"),
            "sees_names": council.owner_id == self.actor.organisation_id,
            "may_edit": self.may("platforms.councils.edit"),
            "story": story(council, self.actor)[::-1][:10],
        }
        return render(request, "platforms/council.html", context)


class _CouncilFormView(FormView):
    action = "platforms.councils.edit"
    template = "platforms/council_form.html"

    def make_form(self, data: Any = None) -> CouncilForm:
        if self.subject is None:
            return CouncilForm(data)
        start = CouncilForm.starts_with(self.subject)
        return CouncilForm(data, initial=start, version=self.subject.version)


class CouncilCreateView(_CouncilFormView):
    def save(self, form: CouncilForm) -> Council:
        owner = Organisation.objects.get(pk=self.actor.organisation_id)
        return register_council(
            actor=self.actor, owner=owner, facts=form.facts(), request_key=form.request_key
        )

    def texts(self) -> dict[str, Any]:
        return {
            "title": "地域協議会を登録する",
            "over": self.actor.organisation_name,
            "council": None,
            "button": "登録する",
            "done": "地域協議会を登録しました。",
        }


class CouncilEditView(_CouncilFormView):
    model = Council

    def save(self, form: CouncilForm) -> Council:
        return change_council(
            actor=self.actor,
            council=self.subject,
            facts=form.facts(),
            seen_version=form.seen_version,
        )

    def texts(self) -> dict[str, Any]:
        return {
            "title": "地域協議会の登録を変える",
            "over": self.subject.name,
            "council": self.subject,
            "button": "保存する",
            "done": "地域協議会の登録を変えました。",
        }


class _CouncilRowsView(RowsView):
    """Rows of the council, compared by its version."""

    action = "platforms.councils.edit"
    model = Council
    template = "platforms/council_rows.html"

    def make_head(self, data: Any) -> PortalForm:
        return VersionForm(data, version=self.subject.version)

    def differences(self, form: PortalForm) -> list[tuple[str, str, str]]:
        return []


class BodiesView(_CouncilRowsView):
    def make_rows(self, data: Any) -> dict[str, RowFormSet]:
        stored = [
            {
                "uid": body.pk,
                "name": body.name,
                "kind": body.kind,
                "is_coordinator": body.is_coordinator,
                "left_on": body.left_on,
            }
            for body in self.subject.bodies.order_by("order")
        ]
        initial = stored if data is None else None
        return {"rows": empty_row_where(BodyRows(data, initial=initial, prefix="bodies"), initial)}

    def save(self, form: PortalForm) -> Council:
        change_bodies(
            actor=self.actor,
            council=self.subject,
            bodies=[BodyFacts(**values) for values in self.rows["rows"].filled],
            seen_version=form.seen_version,
        )
        return self.subject

    def texts(self) -> dict[str, Any]:
        return {
            "title": "構成機関等",
            "over": self.subject.name,
            "council": self.subject,
            "lead": "調整機関は1つに限り指定できます（法17条）。抜けた機関は、削除しないで日付を入力してください。",
            "add": "構成機関等を追加する",
            "rows": self.rows["rows"],
            "button": "保存する",
            "done": "構成機関等の登録を変えました。",
        }


class OathsView(_CouncilRowsView):
    def make_rows(self, data: Any) -> dict[str, RowFormSet]:
        bodies = list(self.subject.bodies.order_by("order"))
        if not bodies:
            raise Refused(["構成機関等を登録してから、誓約を記録してください。"])
        stored = [
            {
                "uid": oath.pk,
                "body_id": str(oath.body_id),
                "person_name": oath.person_name,
                "sworn_on": oath.sworn_on,
                "ended_on": oath.ended_on,
            }
            for oath in Oath.objects.filter(body__council=self.subject).order_by("order")
        ]
        initial = stored if data is None else None
        rows = OathRows(data, initial=initial, prefix="oaths", form_kwargs={"bodies": bodies})
        return {"rows": empty_row_where(rows, initial)}

    def save(self, form: PortalForm) -> Council:
        change_oaths(
            actor=self.actor,
            council=self.subject,
            oaths=[OathFacts(**values) for values in self.rows["rows"].filled],
            seen_version=form.seen_version,
        )
        return self.subject

    def texts(self) -> dict[str, Any]:
        return {
            "title": "守秘の誓約",
            "over": self.subject.name,
            "council": self.subject,
            "lead": "協議会の事務に従事する人と、従事していた人の誓約です（法18条）。氏名は、この都道府県の職員だけが見ます。",
            "add": "誓約を追加する",
            "rows": self.rows["rows"],
            "button": "保存する",
            "done": "守秘の誓約の記録を変えました。",
        }
