"""Writing a demand, chasing those who owe a report, and writing a report before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, Limits, attach
from portal.outbox.api import enqueue

from .effects import ANSWER_FILE
from .models import Answer, Demand, Extension, Question, Report
from .rules import ARTICLE, extension_reasons
from .states import OWED, DemandState


def write_demand(
    *,
    actor: Actor,
    programme: Programme,
    values: Mapping[str, Any],
    questions: Sequence[str],
    grantees: Iterable[Organisation],
) -> Demand:
    """A draft, which the office alone sees. `values`: title, basis, reason, due_on."""
    with transaction.atomic():
        demand = Demand.objects.create(
            programme=programme, written_by_id=actor.user_id, **_own(values)
        )
        demand.editors.add(*User.objects.filter(pk=actor.user_id))
        demand.grantees.set(grantees)
        _ask(demand, questions)
        _record(actor, "demands.write", "報告の徴求を書く", demand)
    return demand


def edit_demand(
    *,
    actor: Actor,
    demand: Demand,
    programme: Programme,
    seen_version: int,
    values: Mapping[str, Any],
    questions: Sequence[str],
    grantees: Iterable[Organisation],
) -> None:
    """Raises Stale when somebody saved first, Refused once it was issued.

    Whoever edits is one of its writers from then on, who do not issue it.
    """
    with transaction.atomic():
        locked = Demand.objects.select_for_update(of=("self",)).get(pk=demand.pk)
        if locked.state != DemandState.DRAFT:
            raise Refused(["施行した徴求は変えられません。"])
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for name, value in _own(values).items():
            setattr(locked, name, value)
        locked.programme = programme
        locked.version += 1
        locked.save()
        locked.editors.add(*User.objects.filter(pk=actor.user_id))
        locked.grantees.set(grantees)
        locked.questions.all().delete()
        _ask(locked, questions)
        _record(actor, "demands.edit", "下書きの徴求を直す", locked)


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("title", "basis", "reason", "due_on")}


def _ask(demand: Demand, questions: Sequence[str]) -> None:
    Question.objects.bulk_create(
        Question(demand=demand, number=number, text=text)
        for number, text in enumerate(questions, start=1)
    )


def against_reminding(demand: Demand) -> list[str]:
    reasons = []
    if demand.state != DemandState.ISSUED:
        reasons.append("徴求中のものではありません。")
    elif not demand.reports.owed().exists():
        reasons.append("まだ報告していない団体はありません。")
    if demand.reminded_on == timezone.localdate():
        reasons.append("今日はすでに督促しています。明日以後に、もう一度できます。")
    return reasons


def remind(*, actor: Actor, demand: Demand) -> int:
    """Tells every body that owes a report; returns how many. Raises Refused; once a day at most."""
    with transaction.atomic():
        locked = Demand.objects.select_for_update(of=("self",)).get(pk=demand.pk)
        reasons = against_reminding(locked)
        if reasons:
            raise Refused(reasons)
        today = timezone.localdate()
        locked.reminded_on = today
        locked.save(update_fields=["reminded_on"])
        count: int = locked.reports.owed().count()
        key = f"demand.reminder:{locked.pk}:{today.isoformat()}"
        enqueue("notify", key, {"message": "demand.reminder", "pk": str(locked.pk), "key": key})
        record(
            actor,
            "demands.remind",
            "報告を督促する",
            locked,
            data={"said": {"督促した団体": f"{count}団体"}},
            visibility=Visibility.ORGANISATION,
        )
    return count


def save_report(
    *,
    actor: Actor,
    report: Report,
    seen_version: int,
    texts: Mapping[int, str],
    upload: UploadedFile | None,
) -> None:
    """Keeps what was written so far, by the question's number; the office does not see it yet.

    Raises Stale when somebody saved first, Refused once it was reported or the demand has ended, and
    ValidationError for a file that cannot be taken.
    """
    with transaction.atomic():
        locked = _owed(report)
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for question in locked.demand.questions.all():
            Answer.objects.update_or_create(
                report=locked,
                question=question,
                defaults={"text": texts.get(question.number, "").strip()},
            )
        if upload is not None:
            attach(
                actor=actor,
                upload=upload,
                kind=ANSWER_FILE,
                subject=locked,
                limits=Limits(),
                case_id=locked.case_id,
            )
        locked.version += 1
        locked.save(update_fields=["version"])
        record(
            actor,
            "demands.report.edit",
            "徴求への報告を書く",
            locked,
            case_id=locked.case_id,
            data={"said": {"添付": upload.name} if upload is not None else {}},
            visibility=Visibility.ORGANISATION,
        )


def remove_paper(*, actor: Actor, report: Report, pk: str) -> str:
    """Takes away what was attached and not reported yet; returns its name.

    Raises Refused for a paper that went with a reporting or is not there.
    """
    with transaction.atomic():
        locked = _owed(report)
        paper = Document.objects.of_subject(locked).filter(kind=ANSWER_FILE, is_filed=False)
        found = next((one for one in paper if str(one.pk) == pk), None)
        if found is None:
            raise Refused(["報告に付けた資料は外せません。"])
        name: str = found.title
        found.delete()
        record(
            actor,
            "demands.report.remove_paper",
            "徴求への報告の資料を外す",
            locked,
            case_id=locked.case_id,
            data={"said": {"資料": name}},
            visibility=Visibility.ORGANISATION,
        )
    return name


def ask_for_time(*, actor: Actor, report: Report, wanted_on: date, reason: str) -> Extension:
    """Raises Refused: reported already, an earlier day, or an earlier request without an answer."""
    with transaction.atomic():
        locked = _owed(report)
        reasons = list(
            extension_reasons(wanted_on, due_on=locked.due_on, today=timezone.localdate())
        )
        if locked.extensions.waiting().exists():
            reasons.append("前の申出への内閣府の回答を待っています。")
        if reasons:
            raise Refused(reasons)
        asked = Extension.objects.create(
            report=locked, wanted_on=wanted_on, reason=reason, asked_by_name=actor.name
        )
        key = f"demand.time_asked:{asked.pk}"
        enqueue("notify", key, {"message": "demand.time_asked", "pk": str(asked.pk), "key": key})
        record(
            actor,
            "demands.report.ask_time",
            "期限の延長を申し出る",
            locked,
            case_id=locked.case_id,
            data={"said": {"延ばしたい期限": day_with_weekday(wanted_on), "理由": reason}},
        )
    return asked


def _owed(report: Report) -> Report:
    locked: Report = (
        Report.objects.select_for_update(of=("self",)).select_related("demand").get(pk=report.pk)
    )
    if locked.state not in OWED:
        raise Refused(["報告した後は変えられません。"])
    if locked.demand.state != DemandState.ISSUED:
        raise Refused(["この徴求は終わっています。"])
    return locked


def _record(actor: Actor, verb: str, label: str, demand: Demand) -> None:
    record(actor, verb, label, demand, article=ARTICLE, visibility=Visibility.ORGANISATION)
