"""Beginning an objection and writing it. Filing and all that follows are transitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.accounts.api import Organisation, User
from portal.audit.api import Visibility, record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.documents.api import Limits, attach

from .acts import Act
from .effects import ARTICLE, FILE
from .models import Objection
from .states import WRITABLE

_OWN = ("content", "reasons", "late_reason", "known_on")


def start_objection(*, actor: Actor, act: Act, values: Mapping[str, Any]) -> Objection:
    """A draft of the body's own. Raises Refused when one on this act stands already."""
    with transaction.atomic():
        # Two who begin at once wait for each other here, so that the second is told.
        Organisation.objects.select_for_update().get(pk=act.grantee.pk)
        if Objection.objects.on_act(act.kind, act.pk).standing().exists():
            raise Refused(["この処分には、不服の申出がもうあります。"])
        made = Objection.objects.create(
            grantee=act.grantee,
            programme=act.programme,
            act_kind=act.kind,
            act_id=act.pk,
            act_name=act.name,
            act_number=act.number,
            act_issued_on=act.issued_on,
            act_url=act.url,
            act_decided_by_id=act.decided_by,
            case_id=act.case_id,
            arrived_on=act.arrived_on,
            days=act.programme.terms().appeal_days,
            **{name: values[name] for name in _OWN},
        )
        _keep(actor, made, "objections.write", "不服の申出を書き始める", values.get("file"))
    return made


def save_objection(
    *, actor: Actor, objection: Objection, seen_version: int, values: Mapping[str, Any]
) -> None:
    """Raises Stale when somebody saved first, Refused once it is with the office, and
    ValidationError for a file that cannot be taken."""
    with transaction.atomic():
        locked: Objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
        if locked.state not in WRITABLE:
            raise Refused(["いまの状態では変えられません。"])
        if locked.version != seen_version:
            raise Stale(seen_version, locked.version)
        for name in _OWN:
            setattr(locked, name, values[name])
        locked.version += 1
        locked.save()
        _keep(actor, locked, "objections.edit", "不服の申出を書く", values.get("file"))


def _keep(
    actor: Actor, objection: Objection, verb: str, label: str, upload: UploadedFile | None
) -> None:
    """Who wrote, what was attached, and last the Event."""
    if upload is not None:
        attach(
            actor=actor,
            upload=upload,
            kind=FILE,
            subject=objection,
            limits=Limits(),
            case_id=objection.pk,
        )
    objection.editors.add(*User.objects.filter(pk=actor.user_id))
    record(
        actor,
        verb,
        label,
        objection,
        article=ARTICLE,
        case_id=objection.case_id,
        visibility=Visibility.ORGANISATION,
    )
