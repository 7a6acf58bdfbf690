"""What 会計検査院 and 監査委員 found is kept and answered like the office's own findings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from grants.awards.api import Award
from grants.desk.api import declare_conflict
from grants.filings.api import Filing, against_handling
from inspections.findings.api import Finding
from inspections.visits.api import Visit
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants.contracts import Deal, pair_of
from tests.inspections.findings.test_findings import form_of, issued, page, upheld
from tests.inspections.visits.test_visits import award_of, plan, reported
from tests.world import World, client_of

NEW = "/visits/outside/"


def form(world: World, **changed: Any) -> dict[str, Any]:
    award = Award.objects.filter(grantee=world.nagano).first() or award_of(world)
    return {
        "award": str(award.pk),
        "authority": "board_of_audit",
        "kind": "on_site",
        "held_on": timezone.localdate().isoformat(),
        "place": "長野県庁",
        "scope": "令和7年度の交付金",
        "summary": "決算検査報告 第3章。旅費の二重払があった。",
        **changed,
    }


def entered(world: World, **changed: Any) -> Visit:
    inspector = client_of(world.actor(Role.INSPECTOR))
    paper = SimpleUploadedFile("報告.csv", "番号,金額\n1,100\n".encode())
    answer = inspector.post(NEW, form(world, file=paper, **changed))
    assert answer.status_code == 302
    visit = Visit.objects.get()
    perform(Visit, visit.pk, "enter", world.actor(Role.INSPECTOR))
    found: Visit = Visit.objects.get()
    return found


@pytest.mark.django_db
class TestTheWay:
    def test_from_its_entry_to_a_correction_asked_for(self, world: World) -> None:
        inspector = client_of(world.actor(Role.INSPECTOR))
        drafter = client_of(world.actor(Role.DRAFTER))
        inspector.post(NEW, form(world))
        visit = Visit.objects.get()
        assert drafter.get(visit.get_absolute_url()).status_code == 404, "entered, not opened"

        mended = form(world, summary="旅費の二重払が1件あった。", form_version=str(visit.version))
        assert inspector.post(f"/visits/{visit.pk}/outside/", mended).status_code == 302
        assert inspector.post(visit.transition_url("enter")).status_code == 302
        seen = page(drafter, visit.get_absolute_url())
        assert "会計検査院法25条" in seen
        assert "旅費の二重払が1件あった。" in seen
        assert "証票" not in seen
        drain()
        assert "会計検査院の検査の結果が登録されました" in [n.title for n in Notice.objects.all()]

        answer = inspector.post(f"/findings/visits/{visit.pk}/write/", form_of())
        assert answer.status_code == 302
        finding = Finding.objects.get()
        due = {"comment_due_on": timezone.localdate() + timedelta(days=14)}
        perform(Finding, finding.pk, "issue", world.actor(Role.DECIDER), data=due)
        assert "会計検査院" in page(drafter, finding.get_absolute_url())
        assert Event.objects.get(verb="visits.visit.enter").article.startswith("会計検査院法25条")

    def test_of_audit_commissioners(self, world: World) -> None:
        visit = entered(world, authority="commissioners", kind="papers")
        assert str(visit) == "長野県 監査委員の書面検査"
        assert "地方自治法199条" in page(
            client_of(world.actor(Role.DRAFTER)), f"/visits/{visit.pk}/"
        )
        assert upheld(world, visit).state == "upheld"

    def test_its_papers_open_with_it(self, world: World) -> None:
        inspector = client_of(world.actor(Role.INSPECTOR))
        drafter = client_of(world.actor(Role.DRAFTER))
        paper = SimpleUploadedFile("報告.csv", "番号,金額\n1,100\n".encode())
        inspector.post(NEW, form(world, file=paper))
        kept = Document.objects.get(kind="visit:record")
        assert drafter.get(kept.get_absolute_url()).status_code == 404
        perform(Visit, Visit.objects.get().pk, "enter", world.actor(Role.INSPECTOR))
        assert drafter.get(kept.get_absolute_url()).status_code == 200


@pytest.mark.django_db
class TestWhatDoesNotGo:
    def test_the_two_ways_are_not_mixed(self, world: World) -> None:
        own = plan(world)
        with pytest.raises(Refused, match="内閣府の検査は"):
            perform(Visit, own.pk, "enter", world.actor(Role.INSPECTOR))
        inspector = client_of(world.actor(Role.INSPECTOR))
        assert inspector.get(f"/visits/{own.pk}/outside/").status_code == 404
        inspector.post(NEW, form(world))
        other = Visit.objects.exclude(pk=own.pk).get()
        assert inspector.get(f"/visits/{other.pk}/edit/").status_code == 404
        assert inspector.get(f"/visits/{other.pk}/record/").status_code in (403, 409)
        with pytest.raises(Refused, match="他の機関の検査"):
            perform(Visit, other.pk, "notify", world.actor(Role.DECIDER), data=world.numbered())
        with pytest.raises(Refused, match="他の機関の検査"):
            perform(Visit, other.pk, "hold", world.actor(Role.INSPECTOR))
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.filter(pk=other.pk).update(state="held")

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"held_on": "2099年1月1日"}, "以前の日付"),
            ({"authority": "cabinet_office"}, "検査した機関"),
            ({"kind": "unannounced"}, "種別"),
            ({"summary": ""}, "検査の結果"),
            ({"award": ""}, "交付決定"),
        ],
    )
    def test_wrong_input(self, world: World, changed: dict[str, Any], said: str) -> None:
        answer = client_of(world.actor(Role.INSPECTOR)).post(NEW, form(world, **changed))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Visit.objects.exists()

    def test_a_declared_conflict(self, world: World) -> None:
        inspector = world.actor(Role.INSPECTOR)
        given = form(world)
        declare_conflict(actor=inspector, grantee=world.nagano, reason="前の勤め先")
        answer = client_of(inspector).post(NEW, given)
        assert answer.status_code == 409
        assert "利害関係" in answer.content.decode()

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.DECIDER, Role.AUDITOR])
    def test_inspectors_alone_enter_it(self, world: World, role: Role) -> None:
        assert client_of(world.actor(role)).get(NEW).status_code == 403

    def test_who_entered_it_may_examine_the_report(self, world: World) -> None:
        """Who writes down what others found has not inspected."""
        visit = entered(world)
        hat = world.wearing(world.actor(Role.INSPECTOR), world.office, Role.REVIEWER)
        filing = Filing(kind="performance", programme=world.programme, grantee=visit.award.grantee)
        assert not list(against_handling(filing, hat))

    def test_the_neighbour(self, world: World) -> None:
        visit = entered(world)
        neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
        assert neighbour.get(visit.get_absolute_url()).status_code == 404
        assert "長野県" not in page(neighbour, "/visits/")


def test_a_contractor_named_in_a_finding_sees_nothing_of_it(deal: Deal) -> None:
    """要領5(1): what is found at a contractor is told to the prefecture that answers for it."""
    contract = deal.concluded()
    contractor = pair_of(deal, contract).recorders_client
    visit = reported(deal.world, contract.award)
    named = issued(deal.world, visit, text=f"{contract.contractor.name}の領収書がない。")
    for url in ("/visits/", "/findings/", visit.get_absolute_url(), named.get_absolute_url()):
        assert contractor.get(url).status_code in (403, 404), url
    assert named.title not in page(contractor, "/")
