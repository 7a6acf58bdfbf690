"""The review: the sealed version on the left, the work on the right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from grants.desk.api import ReviewNote, known_reading
from grants.filings.api import (
    CLOSED,
    Filing,
    RaiseForm,
    ReviewItem,
    SealedVersion,
    ShownSection,
    Verdict,
    against_handling,
    cells,
    changes,
    clock_of,
    compare,
    latest_version,
    mark,
    present,
    raise_item,
)
from portal.access.api import ActionView, Role
from portal.core.problems import Refused
from portal.workflow.api import buttons

from .baselines import IN_FORCE, PREVIOUS, Baseline, baselines
from .checklist import checklist


class ReviewView(ActionView):
    """One section of the latest version at a time; only what changed when asked."""

    action = "reviews.read"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().for_page().select_related("revision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.page(request, None)

    def page(self, request: HttpRequest, form: RaiseForm | None, status: int = 200) -> HttpResponse:
        filing: Filing = self.subject
        sealed = latest_version(filing)
        if sealed is None:
            raise Http404
        # Kept with the filing: the guards behind its buttons ask about its points too.
        points = ReviewItem.objects.select_related("raised_on", "raised_by")
        prefetch_related_objects([filing], Prefetch("items", points), "items__messages")
        items = list(filing.items.all())
        against = self._compared(request, baselines(filing, sealed), sealed)
        sections = present(sealed.content["sections"], against["changes"], items)
        current = self._current(sections, request.GET.get("section", ""))
        work = checklist(filing, sealed)
        against_me = tuple(against_handling(filing, self.actor))
        is_reviewing = self.may("filings.review", filing) and not against_me
        if is_reviewing and form is None:
            form = RaiseForm(places=self._places(current))
        context = {
            "filing": filing,
            "sealed": sealed,
            "sections": sections,
            "current": current,
            "is_seen": {s.key: s.is_seen for s in work.sections}.get(current.key, False),
            "seen_keys": {s.key for s in work.sections if s.is_seen},
            "items": items,
            "open_count": sum(item.state != "resolved" for item in items),
            "work": work,
            "verdicts": Verdict.choices,
            "form": form,
            "buttons": buttons(filing, self.actor),
            "clock": clock_of(filing),
            "is_reviewing": is_reviewing,
            "against_me": against_me,
            "may_resolve": is_reviewing and self.actor.role == Role.REVIEWER,
            "minor": sealed.content.get("minor_change"),
            "neighbours": self._neighbours(sections, current),
            **against,
            **self._office(filing, sealed, is_free=not against_me),
        }
        return render(request, "reviews/review.html", context, status=status)

    def _compared(
        self, request: HttpRequest, known: list[Baseline], sealed: SealedVersion
    ) -> dict[str, Any]:
        """What the version is compared with: as asked, or the version before, or what it changes."""
        asked = request.GET.get("against", "")
        by_key = {one.key: one for one in known}
        chosen = by_key.get(asked) if asked else by_key.get(PREVIOUS) or by_key.get(IN_FORCE)
        if asked and chosen is None:
            raise Http404
        older = chosen.sections if chosen else None
        newer = sealed.content["sections"]
        is_alone = "changes" in request.GET or (chosen is not None and older is None)
        return {
            "baselines": known,
            "against": chosen,
            "against_query": f"&against={asked}" if asked else "",
            "changes": changes(older, newer) if older is not None else [],
            "only_changes": is_alone and chosen is not None,
            "comparison": compare(older, newer) if is_alone and older is not None else None,
        }

    def _office(self, filing: Filing, sealed: SealedVersion, *, is_free: bool) -> dict[str, Any]:
        """The Cabinet Office's own: notes, the second reader, who has it."""
        reading = known_reading(filing)
        is_reader = reading is not None and self.actor.is_person(reading.reader_id)
        return {
            "notes": ReviewNote.objects.for_user(self.actor).filter(filing=filing),
            "may_note": self.may("desk.note", filing) and is_free,
            "reading": reading,
            "is_read": reading is not None and reading.confirmed_on_id == sealed.pk,
            "may_name": self.may("desk.name_reader", filing) and is_free,
            "may_confirm": is_reader and is_free and self.may("desk.confirm_reading", filing),
            "may_assign": self.may("desk.assign", filing) and filing.state not in CLOSED,
        }

    def _current(self, sections: list[ShownSection], key: str) -> ShownSection:
        return next((section for section in sections if section.key == key), sections[0])

    def _neighbours(
        self, sections: list[ShownSection], current: ShownSection
    ) -> tuple[ShownSection | None, ShownSection | None]:
        at = sections.index(current)
        before = sections[at - 1] if at else None
        after = sections[at + 1] if at + 1 < len(sections) else None
        return before, after

    def _places(self, current: ShownSection) -> list[tuple[str, str]]:
        return [(address, cell.place) for address, cell in cells([current.sheet]).items()]


class RaiseView(ReviewView):
    """Pins a point to a place of the section in view."""

    action = "filings.review"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("reviews:review", args=[pk]))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        sealed = latest_version(self.subject)
        if sealed is None:
            raise Http404
        places = [(a, cell.place) for a, cell in cells(sealed.content["sections"]).items()]
        form = RaiseForm(request.POST, places=places)
        if not form.is_valid():
            return self.page(request, form, status=422)
        item: ReviewItem = raise_item(
            actor=self.actor, filing=self.subject, sealed=sealed, **form.cleaned_data
        )
        messages.success(request, f"確認事項{item.number}を付けました。")
        url = reverse("reviews:review", args=[pk])
        return HttpResponseRedirect(f"{url}?section={item.section}#item-{item.number}")


class MarksView(ActionView):
    """Verdicts and «seen» marks, saved with the page or as they are made."""

    action = "filings.review"
    model = Filing

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        sealed = latest_version(self.subject)
        if sealed is None:
            raise Http404
        known = {row.key for row in checklist(self.subject, sealed).rows}
        known |= {f"section:{section['key']}" for section in sealed.content["sections"]}
        marks = {key: str(value) for key, value in request.POST.items() if key in known}
        if any(value not in Verdict.values for value in marks.values()):
            raise Refused(["判定は、適・否・未のどれかを選んでください。"])
        mark(actor=self.actor, filing=self.subject, sealed=sealed, marks=marks)
        if request.headers.get("X-Autosave") == "1":
            return JsonResponse({"saved": len(marks)})
        section = request.POST.get("section", "")
        messages.success(request, "確認の結果を保存しました。")
        url = reverse("reviews:review", args=[pk])
        return HttpResponseRedirect(f"{url}?section={section}" if section else url)
