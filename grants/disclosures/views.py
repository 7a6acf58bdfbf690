"""A request for disclosure from its entry to its decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from portal.access.api import ActionView
from portal.audit.api import story
from portal.core.dates import remaining_phrase
from portal.documents.api import Document, send_document
from portal.ui.api import SavingView
from portal.workflow.api import TransitionView, buttons

from .files import CaseFile, files_of
from .forms import EnterForm, FileForm, PickForm, WordsForm
from .masking import choices_of, hidden_words, masked_parts, parts_of, undecided
from .models import DisclosureRequest
from .services import enter_request, pick_sections, rule_on_file, rule_on_words
from .states import OWED, RequestState

_PAGE = 50


class ListView(ActionView):
    action = "disclosures.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = DisclosureRequest.objects.for_user(self.actor).for_lists().owed_first()
        context = {
            "page_obj": Paginator(found, _PAGE).get_page(request.GET.get("page")),
            "may_enter": self.may("disclosures.enter"),
        }
        return render(request, "disclosures/list.html", context)


class EnterView(ActionView):
    action = "disclosures.enter"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, EnterForm(actor=self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = EnterForm(request.POST, actor=self.actor)
        if not form.is_valid():
            return self._page(request, form, status=422)
        made = enter_request(actor=self.actor, **form.cleaned_data)
        messages.success(request, "開示請求を登録しました。\n次に、開示の対象を選んでください。")
        return redirect(made)

    def _page(self, request: HttpRequest, form: EnterForm, status: int = 200) -> HttpResponse:
        return render(request, "disclosures/enter.html", {"form": form}, status=status)


class DetailView(ActionView):
    """Where it stands, and the text as it would leave the office."""

    action = "disclosures.view"
    model = DisclosureRequest

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        one: DisclosureRequest = self.subject
        parts, pairs = parts_of(one), hidden_words(one)
        drawn, found = masked_parts(parts, [hidden for hidden, _ in pairs])
        context = {
            "request_": one,
            "is_owed": one.state in OWED,
            "remaining": remaining_phrase(one.due_on, timezone.localtime()),
            "parts": drawn,
            "words": [(hidden, word, hidden.number in found) for hidden, word in pairs],
            "undecided": len(undecided(one, parts)),
            "buttons": buttons(one, self.actor),
            "may_pick": self.may("disclosures.pick", one),
            "may_bundle": self.may("disclosures.bundle", one),
            "papers": Document.objects.for_user(self.actor).filter(
                case_id=one.pk, kind="disclosure"
            ),
            "files": files_of(one),
            "story": list(reversed(story(one, self.actor))),
        }
        return render(request, "disclosures/detail.html", context)


class _Saving(SavingView):
    model = DisclosureRequest

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()


class PickView(_Saving):
    action = "disclosures.pick"
    template_name = "disclosures/pick.html"
    said = "開示の対象を保存しました。\n次に、隠す語句を決めてください。"

    def form(self, data: Any = None, files: Any = None) -> PickForm:
        one: DisclosureRequest = self.subject
        pairs = one.picks.values_list("sealed_id", "section")
        initial = {"chosen": [f"{sealed}/{section}" for sealed, section in pairs]}
        return PickForm(data, choices=choices_of(one.award), version=one.version, initial=initial)

    def save(self, form: PickForm) -> DisclosureRequest:
        one: DisclosureRequest = self.subject
        pick_sections(
            actor=self.actor, request=one, seen_version=form.seen_version, chosen=form.chosen
        )
        return one


class WordsView(_Saving):
    """A person rules on each word that looks like somebody; the portal only asks."""

    action = "disclosures.mask"
    template_name = "disclosures/words.html"
    said = "隠す語句を保存しました。"

    def form(self, data: Any = None, files: Any = None) -> WordsForm:
        one: DisclosureRequest = self.subject
        found = undecided(one, parts_of(one))
        return WordsForm(data, found=found, version=one.version)

    def save(self, form: WordsForm) -> DisclosureRequest:
        one: DisclosureRequest = self.subject
        rule_on_words(
            actor=self.actor, request=one, seen_version=form.seen_version, rulings=form.rulings
        )
        return one


class _OfRequest(ActionView):
    model = DisclosureRequest

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()


class FilesView(_OfRequest):
    """Every file of the case with what was decided of it; what is given, once it was decided."""

    action = "disclosures.files"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        one: DisclosureRequest = self.subject
        files = files_of(one)
        context = {
            "request_": one,
            "files": files,
            "undecided": sum(file.ruling is None for file in files),
            "may_rule": self.may("disclosures.rule_file", one),
        }
        return render(request, "disclosures/files.html", context)


def _file_or_404(one: DisclosureRequest, pk: Any) -> CaseFile:
    found = next((file for file in files_of(one) if file.document.pk == pk), None)
    if found is None:
        raise Http404
    return found


class RuleFileView(_Saving):
    """One file: whole, in part, not at all, or no part of what was asked for."""

    action = "disclosures.rule_file"
    template_name = "disclosures/rule_file.html"
    said = "ファイルの扱いを保存しました。"

    @cached_property
    def file(self) -> CaseFile:
        """Looked for once it is known that this person may rule at all."""
        return _file_or_404(self.subject, self.kwargs["document"])

    def get(self, request: HttpRequest, pk: Any, document: Any = None) -> HttpResponse:
        return super().get(request, pk)

    def post(self, request: HttpRequest, pk: Any, document: Any = None) -> HttpResponse:
        return super().post(request, pk)

    def form(self, data: Any = None, files: Any = None) -> FileForm:
        ruling = self.file.ruling
        names = ("outcome", "ground", "note")
        first = {name: getattr(ruling, name) for name in names} if ruling is not None else {}
        return FileForm(data, files, initial=first, version=self.subject.version)

    def save(self, form: FileForm) -> str:
        values = form.cleaned_data
        rule_on_file(
            actor=self.actor,
            request=self.subject,
            document=self.file.document,
            seen_version=form.seen_version,
            outcome=values["outcome"],
            ground=values["ground"],
            note=values["note"],
            masked=values["file"],
        )
        return reverse("disclosures:files", args=[self.subject.pk])

    def _page(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        context = {"form": form, "subject": self.subject, "file": self.file}
        return render(request, self.template_name, context, status=status)


class GivenView(_OfRequest):
    """What the requester gets of one file, after the decision alone."""

    action = "disclosures.files"

    def get(self, request: HttpRequest, pk: Any, document: Any) -> HttpResponse:
        given = _file_or_404(self.subject, document).given
        if given is None or self.subject.state != RequestState.DISCLOSED:
            raise Http404
        return send_document(request, given)


class RequestTransitionView(TransitionView):
    model = DisclosureRequest

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()
