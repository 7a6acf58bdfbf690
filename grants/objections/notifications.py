"""Who is told of an objection. What it says is read on the page."""

from __future__ import annotations

from collections.abc import Iterable

from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday
from portal.notifications.api import Draft, writes

from .models import Objection
from .policy import DECIDERS, FILERS, HANDLERS, WRITERS

_OFFICE = "内閣府"
_BODY = tuple(sorted(WRITERS | FILERS))


def _found(pk: str) -> Objection:
    found: Objection = Objection.objects.for_lists().get(pk=pk)
    return found


def _to_body(pk: str, title: str, text: str) -> Iterable[Draft]:
    one = _found(pk)
    url = one.get_absolute_url()
    yield Draft(one.grantee, _BODY, title, text, url, _OFFICE)


def _to_office(pk: str, title: str, text: str, roles: Iterable[str]) -> Iterable[Draft]:
    one = _found(pk)
    office = Organisation.objects.cabinet_office().get()
    yield Draft(
        office,
        tuple(sorted(roles)),
        title.format(body=one.grantee.name),
        text,
        one.get_absolute_url(),
        one.grantee.name,
    )


@writes("objection.filed")
def filed(pk: str) -> Iterable[Draft]:
    yield from _to_office(
        pk,
        "{body}から、不服の申出が届きました",
        "期限と記載を確かめ、受理するか、補正を求めてください。",
        HANDLERS | DECIDERS,
    )


@writes("objection.mend")
def mend(pk: str) -> Iterable[Draft]:
    due = _found(pk).mend_due_on
    day = day_with_weekday(due) if due else ""
    yield from _to_body(
        pk,
        f"不服の申出の補正を求められました（{day}まで）",
        "補正を求める事項を確認し、期限までに補正して提出してください。",
    )


@writes("objection.received")
def received(pk: str) -> Iterable[Draft]:
    yield from _to_body(
        pk, "不服の申出が受理されました", "意見を述べる方法と日は、あらためてお知らせします。"
    )


@writes("objection.invited")
def invited(pk: str) -> Iterable[Draft]:
    day = _found(pk).heard_on
    yield from _to_body(
        pk,
        f"意見を述べる機会があります（{day_with_weekday(day) if day else ''}）",
        "方法、場所を確認し、意見を用意してください。",
    )


@writes("objection.heard")
def heard(pk: str) -> Iterable[Draft]:
    yield from _to_office(
        pk,
        "{body}から、不服の申出についての意見が届きました",
        "意見を確かめ、措置を決めてください。",
        HANDLERS | DECIDERS,
    )


@writes("objection.answered")
def answered(pk: str) -> Iterable[Draft]:
    yield from _to_body(
        pk,
        "不服の申出に対する措置の通知が届きました",
        "措置と理由を確認してください。不服があるときは、内閣に意見を申し出ることができます。",
    )


@writes("objection.cabinet")
def cabinet(pk: str) -> Iterable[Draft]:
    yield from _to_office(
        pk,
        "{body}が、内閣に意見を申し出ました",
        "内閣の結論が出たら、記録してください。",
        DECIDERS,
    )


@writes("objection.ended")
def ended(pk: str) -> Iterable[Draft]:
    yield from _to_body(pk, "内閣の結論が記録されました", "不服の申出のページで確認してください。")


@writes("objection.withdrawn")
def withdrawn(pk: str) -> Iterable[Draft]:
    yield from _to_office(
        pk, "{body}が、不服の申出を取り下げました", "することはありません。", HANDLERS
    )
