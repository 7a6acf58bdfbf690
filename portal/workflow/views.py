"""One view for every transition: GET asks and restates the effect, POST performs."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.module_loading import import_string

from portal.access.api import ActionView, decide
from portal.core.problems import Refused

from .registry import workflow_of
from .services import blocking_reasons, perform
from .table import Transition, Workflow


class TransitionView(ActionView):
    """Give `model`; the URL gives `pk` and `transition`.

    `template_name` may be replaced for acts with a page of their own; `form_kwargs()` and
    `extra_context()` are the two hooks.
    """

    action = "transition"
    template_name = "workflow/confirm.html"
    workflow: Workflow
    row: Transition

    def get_action(self) -> str:
        self.workflow = workflow_of(self.subject)
        name = self.kwargs["transition"]
        if name not in self.workflow:
            raise Http404
        self.row = self.workflow[name]
        return self.workflow.action_name(name)

    def demand(self, name: str, subject: Any = None) -> None:
        # A second click on a performed act must reach perform(), which knows the first one.
        if self.request.method == "POST" and self.request.POST.get("request_key"):
            verdict = decide(self.actor, name, subject)
            if not verdict and verdict.is_timing:
                return
        super().demand(name, subject)

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def extra_context(self) -> dict[str, Any]:
        return {}

    def make_form(self, data: Any = None, files: Any = None) -> Form | None:
        if not self.row.form:
            return None
        form_class = import_string(self.row.form)
        form: Form = form_class(
            data, files, subject=self.subject, actor=self.actor, **self.form_kwargs()
        )
        return form

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page(self.make_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST, request.FILES)
        if form is not None and not form.is_valid():
            return self._page(form, status=422)
        try:
            outcome = perform(
                type(self.subject),
                self.subject.pk,
                self.row.name,
                self.actor,
                seen_version=_integer(request.POST.get("version")),
                data=form.cleaned_data if form is not None else {},
                request_key=_uuid(request.POST.get("request_key")),
            )
        except Refused as refusal:
            return self._page(form, reasons=refusal.reasons, status=409)
        if not outcome.is_repeat:
            messages.success(request, self.success_message(outcome.subject))
        return HttpResponseRedirect(self.success_url(outcome.subject))

    def success_message(self, subject: Any) -> str:
        return f"「{self.row.label}」を行いました。"

    def success_url(self, subject: Any) -> str:
        address: str = subject.get_absolute_url()
        return address

    def _page(
        self, form: Form | None, reasons: tuple[str, ...] = (), status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "subject": self.subject,
            "row": self.row,
            "reasons": reasons or blocking_reasons(self.row, self.subject, self.actor),
            "was_refused": bool(reasons),
            "request_key": self.request.POST.get("request_key") or str(uuid.uuid4()),
            "version": self.request.POST.get("version") or self.subject.version,
            "back_url": self.subject.get_absolute_url(),
            **self.extra_context(),
        }
        return render(self.request, self.template_name, context, status=status)


def _integer(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and text.isascii() else None


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
