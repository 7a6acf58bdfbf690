from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView
from portal.ui.api import NavLink

from . import keys
from .forms import ExtensionForm, ValueForm
from .models import Programme
from .services import extend_window, set_value


class ListView(ActionView):
    action = "programmes.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        programmes = Programme.objects.for_user(self.actor).newest_first()
        return render(request, "programmes/list.html", {"programmes": programmes})


class DetailView(ActionView):
    """All values in force and to come, each with its source; expenses, conditions, extensions."""

    action = "programmes.view"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        programme: Programme = self.subject
        history: dict[str, list[Any]] = {key.name: [] for key in keys.KEYS}
        for value in programme.values.select_related("created_by").order_by(
            "-effective_from", "-id"
        ):
            history[value.key].append(value)
        terms = programme.terms()
        rows = [
            {
                "key": key,
                "shown": key.kind.show(getattr(terms, key.name)),
                "history": history[key.name],
            }
            for key in keys.KEYS
        ]
        context = {
            "programme": programme,
            "rows": rows,
            "categories": terms.categories,
            "conditions": programme.conditions.all(),
            "extensions": programme.extensions.select_related("grantee").order_by("closes_at"),
            "may_edit": self.may("programmes.edit"),
        }
        return render(request, "programmes/detail.html", context)


class EditValueView(ActionView):
    action = "programmes.edit"
    model = Programme

    def _key(self) -> keys.Key:
        if self.kwargs["key"] not in keys.BY_NAME:
            raise Http404
        return keys.BY_NAME[self.kwargs["key"]]

    def get(self, request: HttpRequest, pk: Any, key: str) -> HttpResponse:
        chosen = self._key()
        now = chosen.kind.show(getattr(self.subject.terms(), chosen.name))
        blank = chosen.kind is keys.OPTIONAL_YEN and now == "定めなし"
        form = ValueForm(key=chosen, initial={"text": "" if blank else now})
        return self._page(request, form)

    def post(self, request: HttpRequest, pk: Any, key: str) -> HttpResponse:
        form = ValueForm(request.POST, key=self._key())
        if not form.is_valid():
            return self._page(request, form, status=422)
        set_value(
            actor=self.actor,
            programme=self.subject,
            key=form.key.name,
            text=form.cleaned_data["text"],
            source=form.cleaned_data["source"],
            effective_from=form.cleaned_data["effective_from"],
        )
        messages.success(request, f"「{form.key.label}」を保存しました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: ValueForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "programme": self.subject}
        return render(request, "programmes/value.html", context, status=status)


class ExtendView(ActionView):
    action = "programmes.edit"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, ExtensionForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = ExtensionForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        extend_window(
            actor=self.actor,
            programme=self.subject,
            grantee=form.cleaned_data["grantee"],
            closes_at=form.closes_at(),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, f"{form.cleaned_data['grantee']}の締切を延ばしました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: ExtensionForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "programme": self.subject}
        return render(request, "programmes/extend.html", context, status=status)


def year_of_header(request: HttpRequest) -> NavLink | None:
    """The newest year that is open, named in every header."""
    programme = Programme.objects.newest_first().first()
    if programme is None:
        return None
    return NavLink(programme.year_label, programme.get_absolute_url())
