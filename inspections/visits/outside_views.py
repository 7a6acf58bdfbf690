"""What 会計検査院 and 監査委員 inspected, entered so that it is answered like the office's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView
from portal.core.problems import Refused, Stale

from .forms import OutsideForm
from .models import Visit
from .services import enter_outside

_FIELDS = ("award", "authority", "kind", "held_on", "place", "scope", "summary")


class OutsideView(ActionView):
    """A new one; `OutsideEditView` is the same page for one that the body does not know yet."""

    action = "visits.plan"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(request, self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            visit = enter_outside(
                actor=self.actor,
                visit=self.subject,
                seen_version=form.seen_version if self.subject else 0,
                values=form.cleaned_data,
                upload=form.cleaned_data["file"],
            )
        except ValidationError as error:
            form.add_error("file", error)
            return self._page(request, form, status=422)
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "他の機関の検査を保存しました。\n登録すると、団体に開きます。")
        return redirect(visit)

    def _form(self, data: Any = None, files: Any = None) -> OutsideForm:
        return OutsideForm(data, files, actor=self.actor)

    def _page(self, request: HttpRequest, form: OutsideForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "visit": self.subject}
        return render(request, "visits/outside.html", context, status=status)


class OutsideEditView(OutsideView):
    action = "visits.edit"
    model = Visit

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def _form(self, data: Any = None, files: Any = None) -> OutsideForm:
        visit: Visit = self.subject
        if not visit.is_outside:
            raise Http404
        initial = {name: getattr(visit, name) for name in _FIELDS}
        return OutsideForm(data, files, actor=self.actor, version=visit.version, initial=initial)
