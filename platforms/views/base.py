"""A form with what it is about: kept on every refusal, both values shown when overtaken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView
from portal.core.problems import Refused, Stale
from portal.ui.api import PortalForm, RowFormSet

from ..models import Platform
from ..overtaken import Overtaken, differences, last_saved


class FormView(ActionView):
    """A form with what it is about. What was typed stays on every refusal: 422, or 409."""

    action = "platforms.edit"
    template = "platforms/form.html"

    def make_form(self, data: Any = None) -> PortalForm:
        """Each page has its own."""
        raise NotImplementedError

    def save(self, form: Any) -> Any:
        """Stores; returns where to go. Raises Refused, Stale, and ValidationError about a file."""
        raise NotImplementedError

    def texts(self) -> dict[str, Any]:
        """title, over (what it belongs to), platform and meeting of the trail, button, done."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(request, self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not self.is_valid(form):
            return self._page(request, form, status=422)
        try:
            place = self.save(form)
        except Stale as stale:
            return self._overtaken(request, stale)
        except ValidationError as error:
            form.add_error("file", error)
            return self._page(request, form, status=422)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
            return self._page(request, form, status=409)
        messages.success(request, self.texts()["done"])
        return redirect(place)

    def is_valid(self, form: PortalForm) -> bool:
        return form.is_valid()

    def _overtaken(self, request: HttpRequest, stale: Stale) -> HttpResponse:
        """The same page with both values; saved again from there, it replaces knowingly."""
        data = request.POST.copy()
        data["form_version"] = str(stale.current)
        form = self.make_form(data)
        self.is_valid(form)
        self.subject.refresh_from_db()
        overtaken = Overtaken(*last_saved(self.subject), self.differences(form))
        return self._page(request, form, status=409, overtaken=overtaken)

    def differences(self, form: PortalForm) -> list[tuple[str, str, str]]:
        return differences(form, self.subject)

    def _page(
        self,
        request: HttpRequest,
        form: PortalForm,
        status: int = 200,
        overtaken: Overtaken | None = None,
    ) -> HttpResponse:
        context = {"form": form, "overtaken": overtaken, "end_url": "", "story": (), **self.texts()}
        return render(request, self.template, context, status=status)


class RowsView(FormView):
    """A form with tables of rows below it, by their prefixes; saved together.

    A row is added and deleted without saving.
    """

    rows: dict[str, RowFormSet]

    def make_rows(self, data: Any) -> dict[str, RowFormSet]:
        """The tables of the page, by name."""
        raise NotImplementedError

    def make_head(self, data: Any) -> PortalForm:
        """What stands above the tables."""
        raise NotImplementedError

    def make_form(self, data: Any = None) -> PortalForm:
        self.rows = self.make_rows(data)
        return self.make_head(data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if any(rows.is_row_action for rows in self.rows.values()):
            form.forget_errors()
            for rows in self.rows.values():
                rows.forget_errors()
            return self._page(request, form)
        return super().post(request, **kwargs)

    def is_valid(self, form: PortalForm) -> bool:
        return all([form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])


def empty_row_where(rows: RowFormSet, stored: Any) -> RowFormSet:
    """One empty row to begin with where nothing is stored."""
    rows.extra = 0 if stored else 1
    return rows


def of_platform(platform: Platform, **more: Any) -> dict[str, Any]:
    """What a page about one platform tells its frame."""
    return {"over": platform.name, "platform": platform, "meeting": None, **more}
