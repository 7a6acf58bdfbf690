"""Comparing the accounting system's file with the payments, and taking days of payment over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.programmes.api import Programme
from portal.access.api import ActionView
from portal.core.problems import Refused

from .exports import as_file, compared_csv
from .forms import AccountsForm
from .models import AccountsFile
from .reconciling import compare_file, receive_accounts, take_over


class FilesView(ActionView):
    """Every file of a year; whoever may upload chooses another one."""

    action = "funds.view"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, AccountsForm() if self.may("funds.upload") else None)

    def _page(
        self, request: HttpRequest, form: AccountsForm | None, status: int = 200
    ) -> HttpResponse:
        files = AccountsFile.objects.for_user(self.actor).filter(programme=self.subject)
        context = {"form": form, "year": self.subject, "files": files.select_related("document")}
        return render(request, "funds/files.html", context, status=status)


class UploadView(FilesView):
    action = "funds.upload"

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = AccountsForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                held = receive_accounts(
                    actor=self.actor, programme=self.subject, upload=form.cleaned_data["file"]
                )
            except ValidationError as refused:
                form.add_error("file", refused)
            else:
                return redirect(held)
        return self._page(request, form, status=422)


class _OfFile(ActionView):
    model = AccountsFile

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "document")


class ComparedView(_OfFile):
    """Row by row, as everything stands now."""

    action = "funds.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, (), ())

    def _page(
        self, request: HttpRequest, chosen: Any, refusals: Any, status: int = 200
    ) -> HttpResponse:
        found = compare_file(self.subject)
        context = {
            "held": self.subject,
            "year": self.subject.programme,
            "comparison": found,
            "chosen": chosen,
            "refusals": refusals,
            "takes": self.may("funds.take_over") and found.to_take > 0,
        }
        return render(request, "funds/compared.html", context, status=status)


class TakeView(ComparedView):
    """Takes the chosen rows' days of payment over."""

    action = "funds.take_over"

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        chosen = request.POST.getlist("row")
        if not chosen:
            return self._page(request, (), ("支払日を写す行を選んでください。",), status=422)
        try:
            count = take_over(actor=self.actor, held=self.subject, keys=chosen)
        except Refused as refusal:
            return self._page(request, chosen, refusal.reasons, status=409)
        messages.success(
            request,
            f"{count}行の支払日を写しました。" if count else "選んだ行は、もう写してあります。",
        )
        return redirect(self.subject)


class ComparedFileView(_OfFile):
    action = "funds.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        content = compared_csv(compare_file(self.subject).matches)
        return as_file(content, f"会計との照合_{self.subject.programme.year_label}.csv")
