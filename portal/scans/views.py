"""From a scanned file to the case it belongs to: what was issued beside what was scanned."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView
from portal.audit.api import story
from portal.documents.api import Document, Limits, read_file, send_document
from portal.workflow.api import TransitionView, buttons

from .forms import UploadForm
from .matching import issued_paper, issued_papers, papers_of
from .models import Scan
from .reading import Limits as ReadingLimits
from .reading import ReadingRefused, draw_page
from .rules import ADVICE, REFUSALS
from .services import receive_scan
from .slots import later_of
from .states import Finding, ScanState

_PAGE = 50
_SHOWN_PAPERS = 20
_OPEN = (ScanState.READ, ScanState.UNREADABLE)


class ListView(ActionView):
    """What one's own office uploaded; whoever may upload does it here."""

    action = "scans.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, UploadForm() if self.may("scans.upload") else None)

    def _page(
        self, request: HttpRequest, form: UploadForm | None, status: int = 200
    ) -> HttpResponse:
        scans = Scan.objects.for_user(self.actor).for_pages()
        page = Paginator(scans, _PAGE).get_page(request.GET.get("page"))
        return render(request, "scans/list.html", {"form": form, "page_obj": page}, status=status)


class UploadView(ListView):
    action = "scans.upload"

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                upload = form.cleaned_data["file"]
                return redirect(receive_scan(actor=self.actor, upload=upload, limits=Limits()))
            except ValidationError as refused:
                form.add_error("file", refused)
        return self._page(request, form, status=422)


class _OfScan(ActionView):
    action = "scans.view"
    model = Scan
    subject: Scan

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()


class DetailView(_OfScan):
    """What was found, the paper that it may be a copy of, and a way to choose another."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        scan = self.subject
        found = papers_of(scan, self.actor)
        chosen = self._chosen(request, found)
        asked = request.GET.get("q", "").strip()
        is_open = scan.state in _OPEN
        context = {
            "scan": scan,
            "reading": scan.reading,
            "is_unknown": scan.reading.finding == Finding.ONE and not found,
            "found": found,
            "chosen": chosen,
            "is_by_hand": chosen is not None and chosen not in found,
            "later": later_of(chosen) if chosen is not None else "",
            "advice": ADVICE.get(scan.reading.finding, ""),
            "refusal": _refusal(scan),
            "asked": asked,
            # Where the code says which, others are shown only when they are looked for.
            "choices": self._choices(asked) if is_open and (asked or not found) else [],
            "is_open": is_open,
            "may_file": is_open and self.may("scans.scan.file", scan),
            "request_key": uuid4(),
            "buttons": [one for one in buttons(scan, self.actor) if one.name != "file"],
            "story": list(reversed(story(scan, self.actor))),
        }
        return render(request, "scans/detail.html", context)

    def _chosen(self, request: HttpRequest, found: list[Document]) -> Document | None:
        """Filed: that one. Named in the address: that one. Else the only one that the code names."""
        if self.subject.state == ScanState.FILED:
            return self.subject.issued
        named = request.GET.get("issued", "")
        if re.fullmatch(r"[0-9a-f-]{36}", named):
            return _paper_or_404(self.actor, named)
        return found[0] if len(found) == 1 else None

    def _choices(self, asked: str) -> list[Document]:
        papers = issued_papers(self.actor)
        for word in asked.split():
            papers = papers.filter(title__icontains=word)
        return list(papers[:_SHOWN_PAPERS])


def _refusal(scan: Scan) -> str:
    return REFUSALS[scan.refusal].format(most=ReadingLimits().pages) if scan.refusal else ""


def _paper_or_404(actor: Any, pk: str) -> Document:
    try:
        found = issued_paper(actor, UUID(pk))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


class FileView(_OfScan):
    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return send_document(request, self.subject.document)


class PictureView(_OfScan):
    """The page with the code, or the first one."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return _picture(self.subject.document, self.subject.reading.page)


class IssuedView(_OfScan):
    """The first page of a paper, beside the scan; to whoever may read that paper."""

    def get(self, request: HttpRequest, pk: Any, issued: UUID) -> HttpResponse:
        paper = _paper_or_404(self.actor, str(issued))
        if not paper.is_ready:
            raise Http404
        return _picture(paper, 1)


def _picture(document: Document, page: int) -> HttpResponse:
    try:
        drawn = draw_page(read_file(document), page)
    except ReadingRefused:
        raise Http404 from None
    response = HttpResponse(drawn, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


class ScanTransitionView(TransitionView):
    model = Scan

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()
