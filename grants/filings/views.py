"""A filing as both sides see it: the case, its versions, its points."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portal.access.api import CABINET_OFFICE, ActionView, Role
from portal.audit.api import timeline
from portal.documents.api import Document
from portal.workflow.api import TransitionView, buttons

from .models import Filing, ReviewItem, SealedVersion
from .presentation import present
from .sealing import changes
from .services import previous_version
from .slots import sections_of


class DetailView(ActionView):
    """The case: state, what can be done now, papers, points, and the whole story."""

    action = "filings.view"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists().select_related("revision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing: Filing = self.subject
        documents = Document.objects.for_user(self.actor).filter(case_id=filing.case_id)
        items = (
            ReviewItem.objects.for_user(self.actor)
            .filter(filing=filing)
            .prefetch_related("messages")
        )
        context = {
            "filing": filing,
            "buttons": buttons(filing, self.actor),
            "versions": filing.versions.order_by("-number"),
            "documents": documents.order_by("created_at"),
            "items": list(items),
            "timeline": list(reversed(timeline(filing.case_id, self.actor))),
            "is_office": self.actor.role in CABINET_OFFICE,
            "is_reader": self.actor.role == Role.READER,
            "may_answer": self.actor.role == Role.DRAFTER and filing.is_with_writers,
            "decision": getattr(filing, "decision", None),
            "leading": sections_of(filing, self.actor, leads=True),
            "more": sections_of(filing, self.actor),
        }
        return render(request, "filings/detail.html", context)


class VersionView(ActionView):
    """A sealed version as it was filed, with 旧／新 against the one before it."""

    action = "filings.view"
    model = SealedVersion

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("filing__grantee", "filing__programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        sealed: SealedVersion = self.subject
        earlier = previous_version(sealed)
        found = changes(earlier.content["sections"], sealed.content["sections"]) if earlier else []
        context = {
            "sealed": sealed,
            "filing": sealed.filing,
            "earlier": earlier,
            "sections": present(sealed.content["sections"], found),
            "change_count": len(found),
            "content": sealed.content,
        }
        return render(request, "filings/version.html", context)


class ItemTransitionView(TransitionView):
    model = ReviewItem
    template_name = "filings/item_transition.html"

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related("filing__grantee", "filing__programme", "raised_on")
            .prefetch_related("messages")
        )

    def success_url(self, subject: ReviewItem) -> str:
        if self.actor.role in CABINET_OFFICE:
            return (
                reverse("reviews:review", args=[subject.filing_id]) + f"?section={subject.section}"
            )
        return reverse("filings:detail", args=[subject.filing_id])
