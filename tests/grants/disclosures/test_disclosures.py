"""開示請求 (情報公開法): entered, picked, masked, decided by another; what is hidden is in no paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.awards.api import Award
from grants.disclosures.api import (
    DisclosureRequest,
    enter_request,
    files_of,
    pick_sections,
    rule_on_file,
    rule_on_words,
)
from grants.disclosures.masking import choices_of, parts_of, undecided
from grants.disclosures.models import DisclosedText
from grants.disclosures.rules import folded
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, read_file
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.world import World, client_of

REQUESTER = "開示を求める太郎"
SECRET = "居場所"


def page(client: Any, url: str) -> str:
    answered = client.get(url)
    assert answered.status_code == 200, url
    text: str = answered.content.decode()
    return text


def entered(world: World, award: Award) -> DisclosureRequest:
    return enter_request(
        actor=world.actor(Role.REVIEWER),
        award=award,
        requester=REQUESTER,
        asked_for="交付申請書",
        received_on=timezone.localdate(),
    )


def codes_of(award: Award) -> list[str]:
    return [code for _, codes in choices_of(award) for code, _ in codes]


def current(request: DisclosureRequest) -> DisclosureRequest:
    found: DisclosureRequest = DisclosureRequest.objects.for_lists().get(pk=request.pk)
    return found


def picked(world: World, award: Award) -> DisclosureRequest:
    request = entered(world, award)
    pick_sections(
        actor=world.actor(Role.REVIEWER),
        request=request,
        seen_version=request.version,
        chosen=codes_of(award),
    )
    return current(request)


def rule_on_files(world: World, request: DisclosureRequest, outcome: str = "whole") -> None:
    for one in files_of(current(request)):
        if one.ruling is None:
            rule_on_file(
                actor=world.actor(Role.REVIEWER),
                request=request,
                document=one.document,
                seen_version=current(request).version,
                outcome=outcome,
            )


def rule(world: World, request: DisclosureRequest, *more: dict[str, str]) -> DisclosureRequest:
    """Every suggestion hidden as 1号, and what else is named; every file is given whole."""
    rule_on_files(world, request)
    found = undecided(request, parts_of(request))
    rulings = [{"text": one.word, "ground": "1", "note": one.kind} for one in found]
    rule_on_words(
        actor=world.actor(Role.REVIEWER),
        request=request,
        seen_version=current(request).version,
        rulings=[*rulings, *more],
    )
    return current(request)


def disclosed(world: World, award: Award) -> DisclosureRequest:
    request = rule(
        world, picked(world, award), {"text": SECRET, "ground": "6", "note": "交渉中のため"}
    )
    perform(DisclosureRequest, request.pk, "propose", world.actor(Role.REVIEWER))
    data = {**world.numbered(), "confirmed": True}
    perform(DisclosureRequest, request.pk, "disclose", world.actor(Role.DECIDER), data=data)
    drain()
    return current(request)


@pytest.mark.django_db
class TestThePaper:
    def test_6_what_is_hidden_is_in_no_text_and_no_metadata(self, world: World) -> None:
        award = closing.award_of(world)
        request = disclosed(world, award)
        words = [word.text for word in request.words.exclude(ground="")]
        assert SECRET in words
        text = "".join(value for part in parts_of(request) for _, value in part.lines)
        assert SECRET in text, "it was there"
        paper = Document.objects.get(kind="disclosure")
        content = read_file(paper)
        reader = pypdf.PdfReader(BytesIO(content))
        told = "".join(one.extract_text() for one in reader.pages)
        described = reader.root_object["/Metadata"].get_object().get_data().decode()
        told += f"{reader.metadata}{described}{paper.title}"
        for word in (*words, REQUESTER):
            assert folded(word) not in folded(told), "a word that was hidden"
            assert word.encode() not in content
        assert folded("情報公開法5条6号") in folded(told)
        assert folded("交渉中のため") in folded(told), "the list of masks gives its reason"
        kept = DisclosedText.objects.get(request=request)
        assert all(word not in kept.payload for word in (*words, REQUESTER))
        assert request.outcome == "part"
        assert paper.payload_hash == kept.sha256

    def test_nothing_hidden_is_all_disclosed(self, world: World) -> None:
        award = closing.award_of(world)
        request = picked(world, award)
        found = undecided(request, parts_of(request))
        rule_on_words(
            actor=world.actor(Role.REVIEWER),
            request=request,
            seen_version=request.version,
            rulings=[{"text": one.word, "ground": "", "note": ""} for one in found],
        )
        rule_on_files(world, request)
        perform(DisclosureRequest, request.pk, "propose", world.actor(Role.REVIEWER))
        data = {**world.numbered(), "confirmed": True}
        perform(DisclosureRequest, request.pk, "disclose", world.actor(Role.DECIDER), data=data)
        assert current(request).outcome == "whole"


@pytest.mark.django_db
class TestTheWay:
    def test_from_the_entry_to_the_decision_in_the_browser(self, world: World) -> None:
        award = closing.award_of(world)
        reviewer = client_of(world.actor(Role.REVIEWER))
        decider = client_of(world.actor(Role.DECIDER))
        today = timezone.localdate().isoformat()
        form = {
            "award": award.pk,
            "requester": REQUESTER,
            "asked_for": "交付申請書",
            "received_on": today,
        }
        assert decider.post("/disclosures/enter/", form).status_code == 403
        assert reviewer.post("/disclosures/enter/", {**form, "award": ""}).status_code == 422
        assert reviewer.post("/disclosures/enter/", form).status_code == 302
        request = DisclosureRequest.objects.get()
        url = request.get_absolute_url()
        assert url in page(reviewer, "/disclosures/")
        assert "開示の対象を選んでいません" in page(reviewer, url)
        assert reviewer.post(request.transition_url("propose")).status_code == 409

        first = codes_of(award)[:3]
        assert "checked" not in page(reviewer, f"{url}picks/")
        picks = {"version_0": first, "form_version": request.version}
        assert reviewer.post(f"{url}picks/", picks).status_code == 302
        assert reviewer.post(f"{url}picks/", picks).status_code == 409, "seen earlier"
        assert page(reviewer, f"{url}picks/").count("checked") == 3
        words = {"text": SECRET, "ground": "", "form_version": current(request).version}
        assert reviewer.post(f"{url}words/", words).status_code == 422, "without a ground"
        assert reviewer.post(f"{url}words/", {**words, "ground": "6"}).status_code == 302
        assert "■■■〔1〕" in page(reviewer, url)
        rule(world, current(request))
        assert reviewer.post(request.transition_url("propose")).status_code == 302
        assert reviewer.get(f"{url}words/").status_code == 409
        back = {"reason": "対象を広げること。"}
        assert decider.post(request.transition_url("send_back"), back).status_code == 302
        assert reviewer.post(request.transition_url("propose")).status_code == 302
        number = {"document_number": "府孤推第801号", "decided_on": today, "issued_on": today}
        disclose = request.transition_url("disclose")
        assert decider.post(disclose, number).status_code == 422, "without looking"
        assert decider.post(disclose, {**number, "confirmed": "on"}).status_code == 302
        drain()
        assert "開示する文書（府孤推第801号）" in page(decider, url)
        assert Event.objects.get(verb="disclosures.request.disclose").article == "情報公開法9条1項"
        assert verify() == []

    def test_every_suggestion_is_ruled_on_first(self, world: World) -> None:
        request = picked(world, closing.award_of(world))
        assert undecided(request, parts_of(request)), "the plan names who can be asked"
        with pytest.raises(Refused, match="隠すかどうかが決まっていません"):
            perform(DisclosureRequest, request.pk, "propose", world.actor(Role.REVIEWER))
        rule(world, request)
        perform(DisclosureRequest, request.pk, "propose", world.actor(Role.REVIEWER))

    def test_10_2_it_is_extended_once(self, world: World) -> None:
        request = entered(world, closing.award_of(world))
        before, decider = request.due_on, world.actor(Role.DECIDER)
        data = {"reason": "文書が著しく多いため。"}
        perform(DisclosureRequest, request.pk, "extend", decider, data=data)
        assert (current(request).due_on - before).days == 30
        with pytest.raises(Refused, match="もう延長"):
            perform(DisclosureRequest, request.pk, "extend", decider, data=data)

    def test_9_2_all_of_it_is_refused_with_a_reason(self, world: World) -> None:
        request = entered(world, closing.award_of(world))
        data = {**world.numbered(), "reason": "文書を保有していないため。"}
        perform(DisclosureRequest, request.pk, "refuse", world.actor(Role.DECIDER), data=data)
        assert current(request).outcome == "none"
        assert not DisclosedText.objects.exists()


@pytest.mark.django_db
class TestWho:
    def test_who_prepared_it_does_not_decide(self, world: World) -> None:
        request = rule(world, picked(world, closing.award_of(world)))
        perform(DisclosureRequest, request.pk, "propose", world.actor(Role.REVIEWER))
        hat = world.wearing(world.actor(Role.REVIEWER), world.office, Role.DECIDER)
        data = {**world.numbered(), "confirmed": True}
        with pytest.raises(Refused, match="決めた人は、決定できません"):
            perform(DisclosureRequest, request.pk, "disclose", hat, data=data)

    def test_who_asked_is_told_to_nobody_else(self, world: World) -> None:
        award = closing.award_of(world)
        request = disclosed(world, award)
        paper = Document.objects.get(kind="disclosure")
        strangers = (
            (Role.DRAFTER, world.nagano),
            (Role.APPROVER, world.gifu),
            (Role.INSPECTOR, world.office),
            (Role.PROGRAMME_MANAGER, world.office),
        )
        for role, body in strangers:
            client = client_of(world.actor(role, body))
            assert client.get(request.get_absolute_url()).status_code == 404, role
            assert client.get("/disclosures/").status_code == 403, role
        drafter = client_of(world.actor(Role.DRAFTER))
        assert drafter.get(paper.get_absolute_url()).status_code == 404
        assert "開示" not in page(drafter, award.get_absolute_url()).split("<main")[1]
        for event in Event.objects.all():
            assert REQUESTER not in f"{event.subject_label}{event.data}"
            assert SECRET not in str(event.data) or "disclosures" not in event.verb
        assert not Notice.objects.filter(text__contains=REQUESTER).exists()
        auditor = client_of(world.actor(Role.AUDITOR))
        assert REQUESTER in page(auditor, request.get_absolute_url())

    def test_a_section_of_another_case_is_not_taken(self, world: World) -> None:
        request = entered(world, closing.award_of(world))
        elsewhere = codes_of(closing.award_of(world, world.gifu))[:1]
        reviewer = world.actor(Role.REVIEWER)
        given: dict[str, Any] = {"actor": reviewer, "request": request}
        with pytest.raises(Refused, match="この案件の文書"):
            pick_sections(**given, seen_version=request.version, chosen=elsewhere)
        pick_sections(**given, seen_version=request.version, chosen=[])
        with pytest.raises(Stale):
            pick_sections(**given, seen_version=request.version, chosen=[])


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    reviewer = client_of(world.actor(Role.REVIEWER))
    award = closing.award_of(world)
    first = picked(world, award)

    def count() -> list[int]:
        found = []
        for url in ("/disclosures/", first.get_absolute_url(), f"{first.get_absolute_url()}words/"):
            reviewer.get(url)
            with CaptureQueriesContext(connection) as captured:
                page(reviewer, url)
            found.append(len(captured))
        return found

    for n in range(3):
        entered(world, award)
        rule(world, first, {"text": f"語句{n}", "ground": "5", "note": ""})
    three = count()
    for n in range(5):
        entered(world, award)
        rule(world, first, {"text": f"別語{n}", "ground": "5", "note": ""})
    assert count() == three
