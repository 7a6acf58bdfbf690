"""Writing a plan section by section: by hand, by autosave, with or without a script."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from grants.activities.api import MENU, get_activity_type
from grants.guideline.api import Judgement, Problem, Subject, judge
from portal.access.api import ActionView
from portal.core.dates import screen_datetime
from portal.core.money import format_number
from portal.core.problems import Refused

from .advice import advice_for
from .content import gather, read_content, source_label
from .editors import ActivityEditor, SectionEditor, editor_class, shown_value
from .forms import line_amount
from .models import PlanRevision, Section
from .requirements import PlanSubject
from .services import SectionConflict, add_activity, remove_activity, save_section

_KEY = re.compile(r"basics|vision|platform|incomes|activity:[0-9a-f-]{36}")


class SectionView(ActionView):
    """One section. Saving keeps everything typed; what is wrong or missing is said afterwards."""

    action = "plans.edit"
    model = PlanRevision

    def get_queryset(self) -> Any:
        return super().get_queryset().with_last_year()

    def find_subject(self) -> Any:
        """With all its rows, from which both the form and the judgement are made."""
        found = super().find_subject()
        gather(found)
        return found

    def get(self, request: HttpRequest, pk: Any, key: str) -> HttpResponse:
        if not self.subject.is_open:
            return redirect(self.subject.filing)
        return self._page(request, self._editor(), self._judgements())

    def post(self, request: HttpRequest, pk: Any, key: str) -> HttpResponse:
        typed = _typed(request)
        editor = self._editor(typed)
        is_autosave = request.headers.get("X-Autosave") == "1"
        if editor.is_row_action:
            editor.forget_errors()
            return self._page(request, editor, self._judgements())
        problems = editor.problems()
        try:
            section = save_section(
                actor=self.actor,
                revision=self.subject,
                key=key,
                seen_version=_version(request),
                store=editor.store,
                raw=dict(typed.lists()) if problems else {},
                problems=problems,
                is_checked=None if is_autosave else "later" not in request.POST,
                unused=editor.unused,
            )
        except SectionConflict as conflict:
            return self._conflict(request, editor, conflict, is_autosave)
        except Refused as refusal:
            if is_autosave:
                return JsonResponse({"reasons": refusal.reasons}, status=409)
            raise
        # What was stored, read again: the page and its judgement are made from it.
        self.subject = self.find_subject()
        if is_autosave:
            return self._saved(section, problems, editor)
        return self._after_save(request, editor, section, problems)

    def _after_save(
        self, request: HttpRequest, editor: SectionEditor, section: Section, problems: Any
    ) -> HttpResponse:
        if "draft" in request.POST:
            messages.success(request, f"一時保存しました。{_said_of(editor)}")
            return HttpResponseRedirect(self._url())
        found = self._judgements()
        if problems or found:
            # The page is built anew from what was stored, so that the version fits.
            return self._page(request, self._editor(), found, status=422)
        said = _said_of(editor)
        messages.success(request, f"「{self._title(editor)}」を保存しました。{said}")
        return HttpResponseRedirect(self.subject.get_absolute_url())

    def _section(self) -> Section:
        key = self.kwargs["key"]
        found = next((s for s in self.subject.sections.all() if s.key == key), None)
        return found or Section(revision=self.subject, key=key)

    def _editor(self, data: Any = None) -> SectionEditor:
        if not _KEY.fullmatch(self.kwargs["key"]):
            raise Http404
        section = self._section()
        uid = section.key.partition(":")[2]
        if uid and not any(str(a.uid) == uid for a in self.subject.activities.all()):
            raise Http404
        terms = self.subject.plan.programme.terms()
        return editor_class(section.key)(self.subject, section, terms, data)

    def _judgements(self) -> list[Judgement]:
        """What the clauses say of this section now: unmet ones and warnings."""
        subject = PlanSubject(read_content(self.subject), self.subject.plan.programme.terms())
        here = f"{self.kwargs['key']}/"
        return [
            found
            for found in judge(Subject.PLAN, subject)
            if any(problem.address.startswith(here) for problem in found.problems)
        ]

    def _problems_here(self, found: list[Judgement]) -> list[tuple[Judgement, Problem]]:
        here = f"{self.kwargs['key']}/"
        return [
            (judgement, problem)
            for judgement in found
            for problem in judgement.problems
            if problem.address.startswith(here)
        ]

    def _title(self, editor: SectionEditor) -> str:
        if isinstance(editor, ActivityEditor):
            kind = get_activity_type(editor.activity.type_code)
            return f"{kind.mark} {kind.short_name}"
        return editor.title

    def _url(self) -> str:
        return reverse("plans:section", args=[self.subject.pk, self.kwargs["key"]])

    def _page(
        self,
        request: HttpRequest,
        editor: SectionEditor,
        found: list[Judgement],
        status: int = 200,
    ) -> HttpResponse:
        is_activity = isinstance(editor, ActivityEditor)
        kind = get_activity_type(editor.activity.type_code) if is_activity else None
        findings = self._problems_here(found)
        context = {
            "revision": self.subject,
            "filing": self.subject.filing,
            "programme": self.subject.plan.programme,
            "editor": editor,
            "section": editor.section,
            "title": self._title(editor),
            "clause": f"要領{kind.clause}" if kind else editor.clause,
            "activity_kind": kind,
            "findings": findings,
            "unmet_count": sum(judgement.blocks for judgement, _ in findings),
            "was_saved": status == 422,
            "section_url": self._url(),
            "lines_total": _total(editor),
            "lines_before": _total_before(editor),
            "source": source_label(self.subject.based_on) if self.subject.based_on else "",
            "unused": _unused(editor),
            "advice": advice_for(editor.section.key),
        }
        return render(request, editor.template, context, status=status)

    def _saved(
        self, section: Section, problems: dict[str, str], editor: SectionEditor
    ) -> HttpResponse:
        unmet = sum(j.blocks for j, _ in self._problems_here(self._judgements()))
        return JsonResponse(
            {
                "saved_at": (section.saved_at or timezone.now()).isoformat(),
                "section_version": section.version,
                "problems": [
                    {"id": _control_id(key), "text": text} for key, text in problems.items()
                ],
                "totals": {**_totals(editor), "[data-total=unmet]": str(unmet)},
            }
        )

    def _conflict(
        self,
        request: HttpRequest,
        editor: SectionEditor,
        conflict: SectionConflict,
        is_autosave: bool,
    ) -> HttpResponse:
        """Both values side by side; nothing was overwritten."""
        self.subject = self.find_subject()
        theirs = conflict.section
        who = theirs.saved_by.name if theirs.saved_by else "ほかの人"
        when = screen_datetime(theirs.saved_at) if theirs.saved_at else ""
        if is_autosave:
            return JsonResponse(
                {"title": f"{who}さんが{when}に先に保存しました"},
                status=409,
            )
        context = {
            "revision": self.subject,
            "filing": self.subject.filing,
            "programme": self.subject.plan.programme,
            "title": self._title(editor),
            "who": who,
            "when": when,
            "section": theirs,
            "rows": _compare(editor, self._editor()),
            "posted": [
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name not in ("section_version", "csrfmiddlewaretoken")
            ],
            "section_url": self._url(),
        }
        return render(request, "plans/conflict.html", context, status=409)


def _control_id(address: str) -> str:
    """`/name` and `lines-0/unit_price` as the ids of their inputs."""
    return "id_" + address.lstrip("/").replace("/", "-")


def _typed(request: HttpRequest) -> QueryDict:
    """What was sent, without NUL: nobody types it, and the database cannot keep it."""
    data = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        data.setlist(name.replace("\x00", ""), [value.replace("\x00", "") for value in values])
    return data


def _version(request: HttpRequest) -> int:
    text = request.POST.get("section_version", "0")
    return int(text) if text.isdecimal() else 0


def _total(editor: SectionEditor) -> int:
    """Yen of the lines whose quantity and price can be read."""
    rows = editor.lines.readable if editor.lines else []
    return sum(line_amount(row.get("quantity"), row.get("unit_price")) or 0 for row in rows)


def _said_of(editor: SectionEditor) -> str:
    """The second line of a message, where numbers were put into the portal's own writing."""
    count = editor.tidied()
    return f"\n{count}か所で、全角の数字、カンマ、「円」を整えました。" if count else ""


def _total_before(editor: SectionEditor) -> int:
    """Yen of the same section in the year it was copied from."""
    before = editor.revision.based_on
    if before is None or editor.lines is None:
        return 0
    here = editor.lines.beside
    return sum(line.amount or 0 for line in before.lines.all() if str(line.uid) in here)


def _unused(editor: SectionEditor) -> dict[str, str]:
    """Shown until its writer has saved the section once."""
    kept = {} if editor.section.is_unused_seen else editor.section.unused
    return {**kept, **editor.unused}


def _totals(editor: SectionEditor) -> dict[str, str]:
    """What the page writes anew after a save: place of the number, number."""
    if editor.lines is None:
        return {"[data-total=lines]": "0"}
    prefix = editor.lines.prefix
    amounts = {
        f"[data-amount='{prefix}-{row.index}']": row.derived["amount"]
        for row in editor.lines.shown_rows()
    }
    return {**amounts, "[data-total=lines]": format_number(_total(editor))}


def _compare(mine: SectionEditor, theirs: SectionEditor) -> list[tuple[str, str, str]]:
    """(label, theirs, mine) where they differ."""
    found = []
    pairs: list[tuple[Any, Any]] = []
    if mine.form is not None:
        pairs.append((mine.form, theirs.form))
    for my_table, their_table in zip(mine.tables, theirs.tables, strict=True):
        by_uid = {str(row["uid"].value()): row for row in their_table.rows}
        pairs += [(row, by_uid.get(str(row["uid"].value()))) for row in my_table.rows]
    for my_form, their_form in pairs:
        for bound in my_form.visible_fields():
            ours = shown_value(bound.field, bound.value())
            others = _their_value(their_form, bound.name)
            if ours != others and bound.name != "DELETE":
                found.append((my_form.call(bound.name), others, ours))
    return found


def _their_value(form: Any, name: str) -> str:
    return shown_value(form.fields[name], form[name].value()) if form else ""


class ActivitiesView(ActionView):
    """Choosing among ①–⑩ (要領3(2)); removing asks once more, because its lines go with it."""

    action = "plans.edit"
    model = PlanRevision

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.subject.is_open:
            return redirect(self.subject.filing)
        return self._page(request)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if "add" in request.POST:
            code = request.POST["add"]
            if code not in {kind.code for kind in MENU}:
                raise Http404
            activity = add_activity(actor=self.actor, revision=self.subject, type_code=code)
            return redirect("plans:section", self.subject.pk, f"activity:{activity.uid}")
        uid = request.POST.get("remove", "")
        wanted = next((a for a in self._chosen() if str(a.uid) == uid), None)
        if wanted is None:
            raise Http404
        if "confirmed" not in request.POST:
            return self._page(request, removing=wanted)
        remove_activity(actor=self.actor, revision=self.subject, uid=wanted.uid)
        messages.success(request, "取組を削除しました。")
        return redirect("plans:activities", self.subject.pk)

    def _chosen(self) -> list[Any]:
        return list(self.subject.activities.all())

    def _page(self, request: HttpRequest, removing: Any = None) -> HttpResponse:
        chosen: dict[str, list[Any]] = {}
        for activity in self._chosen():
            chosen.setdefault(activity.type_code, []).append(activity)
        context = {
            "revision": self.subject,
            "filing": self.subject.filing,
            "programme": self.subject.plan.programme,
            "rows": [(kind, chosen.get(kind.code, [])) for kind in MENU],
            "type_count": len(chosen),
            "removing": removing,
            "removing_kind": get_activity_type(removing.type_code) if removing else None,
        }
        return render(request, "plans/activities.html", context)
