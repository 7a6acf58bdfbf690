"""Objections as a body writes them and as both sides bring them to their end."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.access.api import CABINET_OFFICE, ActionView
from portal.audit.api import story
from portal.documents.api import Document
from portal.ui.api import SavingView
from portal.workflow.api import TransitionView, buttons

from .acts import Act, find_act
from .forms import ObjectionForm
from .models import Objection, ObjectionPaper
from .rules import count_from
from .services import save_objection, start_objection
from .standing import standings

_PAGE = 50


class ListView(ActionView):
    """Those under way first, the oldest first."""

    action = "objections.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Objection.objects.for_user(self.actor).for_lists().ended_last()
        context = {
            "page_obj": Paginator(found, _PAGE).get_page(request.GET.get("page")),
            "is_office": self.actor.role in CABINET_OFFICE,
        }
        return render(request, "objections/list.html", context)


class _OfAct(ActionView):
    """An act of any kind, found as far as the actor may see it."""

    subject: Act

    def find_subject(self) -> Act:
        # Whoever has no business with objections learns nothing of what acts there are.
        self.demand(self.get_action())
        found = find_act(self.kwargs["act_kind"], self.kwargs["pk"], self.actor)
        if found is None:
            raise Http404
        return found


class StartView(_OfAct):
    """The last day and how it was counted, for everybody of the body; the way on to writing."""

    action = "objections.start"

    def get(self, request: HttpRequest, pk: Any, act_kind: str) -> HttpResponse:
        context = {"given": {"standings": standings([self.subject], self.actor)}}
        return render(request, "objections/start.html", {"act": self.subject, **context})


class WriteView(_OfAct, SavingView):
    """The first saving makes the draft."""

    action = "objections.write"
    template_name = "objections/write.html"
    said = "不服の申出の案を保存しました。\n内閣府へは、決裁者が申し出ると届きます。"

    def get(self, request: HttpRequest, pk: Any, act_kind: str = "") -> HttpResponse:
        return super().get(request, pk)

    def post(self, request: HttpRequest, pk: Any, act_kind: str = "") -> HttpResponse:
        return super().post(request, pk)

    def form(self, data: Any = None, files: Any = None) -> ObjectionForm:
        return ObjectionForm.on_act(self.subject, data, files)

    def save(self, form: ObjectionForm) -> Objection:
        return start_objection(actor=self.actor, act=self.subject, values=form.cleaned_data)

    def _page(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        act = self.subject
        context = {
            "form": form,
            "act": act,
            "back_url": act.objection_url,
            "count": count_from(act.arrived_on, None, act.programme.terms().appeal_days),
        }
        return render(request, self.template_name, context, status=status)


class EditView(SavingView):
    action = "objections.edit"
    model = Objection
    template_name = "objections/write.html"
    said = "不服の申出を保存しました。"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def form(self, data: Any = None, files: Any = None) -> ObjectionForm:
        return ObjectionForm.of(self.subject, data, files)

    def save(self, form: ObjectionForm) -> Objection:
        objection: Objection = self.subject
        save_objection(
            actor=self.actor,
            objection=objection,
            seen_version=form.seen_version,
            values=form.cleaned_data,
        )
        return objection

    def _page(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        objection: Objection = self.subject
        context = {
            "form": form,
            "objection": objection,
            "back_url": objection.get_absolute_url(),
            "count": objection.count,
        }
        return render(request, self.template_name, context, status=status)


class DetailView(ActionView):
    """One objection from its draft to its end."""

    action = "objections.view"
    model = Objection

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        objection: Objection = self.subject
        context = {
            "objection": objection,
            "count": objection.count,
            "is_late": objection.is_late_on(timezone.localdate()),
            "papers": self._papers(objection),
            "buttons": buttons(objection, self.actor),
            "may_edit": self.may("objections.edit", objection),
            "story": list(reversed(story(objection, self.actor))),
        }
        return render(request, "objections/detail.html", context)

    def _papers(self, objection: Objection) -> list[Document]:
        """What was made of it, and what was attached once this reader may open it."""
        ids = [str(objection.pk), *(str(paper.pk) for paper in objection.papers.all())]
        types = [Objection._meta.label_lower, ObjectionPaper._meta.label_lower]
        found = Document.objects.for_user(self.actor)
        found = found.filter(subject_type__in=types, subject_id__in=ids)
        return list(found.order_by("created_at", "id"))


class ObjectionTransitionView(TransitionView):
    model = Objection
    template_name = "objections/transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def extra_context(self) -> dict[str, Any]:
        return {"objection": self.subject, "count": self.subject.count}
