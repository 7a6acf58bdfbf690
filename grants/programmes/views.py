from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.access.api import ActionView
from portal.core.dates import deadline_phrase
from portal.ui.api import NavLink

from . import keys
from .forms import ExtensionForm, ValueForm
from .models import Programme
from .services import extend_window, newest_programme, set_value
from .standing import groups
from .value_kinds import Key


class ListView(ActionView):
    action = "programmes.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        programmes = Programme.objects.for_user(self.actor).select_related("ledger").newest_first()
        rows = [(programme, programme.terms()) for programme in programmes]
        return render(request, "programmes/list.html", {"rows": rows})


class DetailView(ActionView):
    """Every value in force, before and to come, with its source; expenses, conditions, extensions."""

    action = "programmes.view"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        programme: Programme = self.subject
        today = timezone.localdate()
        context = {
            "programme": programme,
            "today": today,
            "groups": groups(programme.values.select_related("created_by"), today),
            "categories": programme.categories.order_by("code"),
            "conditions": programme.conditions.all(),
            "attachments": programme.attachments.all(),
            "extensions": programme.extensions.select_related("grantee", "created_by").order_by(
                "closes_at", "id"
            ),
            "may_edit": self.may("programmes.edit"),
        }
        return render(request, "programmes/detail.html", context)


class EditValueView(ActionView):
    action = "programmes.edit"
    model = Programme

    def _key(self) -> Key:
        if self.kwargs["key"] not in keys.BY_NAME:
            raise Http404
        return keys.BY_NAME[self.kwargs["key"]]

    def get(self, request: HttpRequest, pk: Any, key: str) -> HttpResponse:
        chosen = self._key()
        text = chosen.kind.write(getattr(self.subject.terms(), chosen.name))
        return self._page(request, ValueForm(key=chosen, initial={"text": text}))

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
        key = form.key
        context = {
            "form": form,
            "programme": self.subject,
            "key": key,
            "now": key.kind.show(getattr(self.subject.terms(), key.name)),
        }
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
        closes = deadline_phrase(self.subject.terms().window_closes)
        context = {"form": form, "programme": self.subject, "closes": closes}
        return render(request, "programmes/extend.html", context, status=status)


def year_of_header(request: HttpRequest) -> NavLink | None:
    """The newest year that is open, named in every header."""
    programme = newest_programme()
    if programme is None:
        return None
    return NavLink(programme.year_label, programme.get_absolute_url())
