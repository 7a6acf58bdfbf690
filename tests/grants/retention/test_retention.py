"""保存期間と満了時措置 (公文書管理法5条, 8条): computed, proposed, approved by another, carried out once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import SealedVersion, digest
from grants.plans.api import PlanRevision
from grants.properties.api import Asset
from grants.refunds.api import RefundOrder, claims_on, record_repayment
from grants.retention.api import Disposal, RemovedFile
from grants.retention.computing import kept_of
from grants.retention.removing import documents_of
from grants.retention.services import sweep_files, write_register
from inspections.kits.api import Kit, ask_for_kit
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.dates import JST, FiscalYear
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.disclosures.test_disclosures import entered
from tests.grants.input_tax import test_way as input_tax
from tests.grants.input_tax.subsidies import subsidise
from tests.grants.objections import way as objecting
from tests.grants.properties.buying import buy
from tests.grants.retention import way
from tests.world import World, client_of


def end_of(world: World) -> date:
    """The last day of a case that is closed today."""
    return FiscalYear(FiscalYear.of(timezone.localdate()) + 5).end


@pytest.fixture
def later(world: World) -> Iterator[Award]:
    """A closed case, on the day after its keeping is over."""
    award = way.closed(world)
    day = end_of(world)
    with time_machine.travel(datetime(day.year, 4, 1, 9, 0, tzinfo=JST)):
        yield award


def page(client: Any, url: str) -> str:
    answered = client.get(url)
    assert answered.status_code == 200, url
    text: str = answered.content.decode()
    return text


@pytest.mark.django_db
class TestWhatElseBindsIt:
    def test_22_property_binds_longer_than_the_papers(self, world: World) -> None:
        """処分制限期間 of six years ends after the papers may go."""
        award = way.closed(world)
        buy(world, award)
        Asset.objects.filter(award=award).update(years=6)
        found = kept_of([award])[award.pk]
        ends_on = Asset.objects.get(award=award).restricted.ends_on
        assert found.until == ends_on > end_of(world)

    def test_a_figure_that_is_owed_keeps_it(self, world: World) -> None:
        award = closing.award_of(world)
        closing.pay(world, award)
        closing.settled(world, award)
        found = kept_of([award])[award.pk]
        assert "仕入控除税額の報告が済んでいません。" in found.open_procedures
        assert found.until is None

    def test_an_order_that_is_not_settled_keeps_it(self, world: World) -> None:
        award = closing.award_of(world)
        subsidise(world, award)
        settlement = input_tax.fix(world, award)
        input_tax.confirm(world, input_tax.write(world, award))
        closing.close(world, settlement)
        [claim] = claims_on(award)
        order = input_tax.order_of(world, award, claim.key)
        unsettled = "納付の完了を確認していない返還命令があります。"
        assert unsettled in kept_of([award])[award.pk].open_procedures
        decider = world.actor(Role.DECIDER)
        today = timezone.localdate()
        record_repayment(actor=decider, order=order, amount=order.amount, paid_on=today)
        perform(RefundOrder, order.pk, "settle", decider)
        assert unsettled not in kept_of([award])[award.pk].open_procedures


@pytest.mark.django_db
class TestTheWay:
    def test_from_the_list_to_the_register(self, world: World, later: Award) -> None:
        kit = ask_for_kit(actor=world.actor(Role.AUDITOR), award=later)
        drain()
        papers = list(documents_of(later))
        files = {paper.file for paper in papers} | {Kit.objects.get(pk=kit.pk).file}
        assert len(papers) >= 5
        assert all(default_storage.exists(file) for file in files)
        manager = client_of(world.actor(Role.PROGRAMME_MANAGER))
        decider = client_of(world.actor(Role.DECIDER))
        url = f"/retention/awards/{later.pk}/"
        last_year = FiscalYear.of(timezone.localdate()) - 1
        assert url in page(manager, f"/retention/?year={last_year}")
        assert url not in page(manager, "/retention/?year=open")
        assert "満了しました" in page(manager, url)

        form = {"measure": "dispose", "reason": "保存期間が満了したため。"}
        assert decider.post(f"{url}propose/", form).status_code == 403
        assert manager.post(f"{url}propose/", {**form, "measure": "transfer"}).status_code == 422
        assert manager.post(f"{url}propose/", form).status_code == 302
        drain()
        assert all(default_storage.exists(file) for file in files), "not without the approval"
        disposal = Disposal.objects.get()
        consent = {"consent": way.CONSENT, "confirmed": "on"}
        approve = disposal.transition_url("approve_removal")
        assert decider.post(approve, {}).status_code == 422, "without consent and confirmation"
        assert manager.post(approve, consent).status_code == 403
        assert decider.post(approve, consent).status_code == 302
        assert all(default_storage.exists(file) for file in files), "a worker does it"
        drain()

        disposal.refresh_from_db()
        assert disposal.state == "removed"
        assert not any(default_storage.exists(file) for file in files)
        register = {entry.document_id: entry.sha256 for entry in disposal.removed.all()}
        for paper in papers:
            assert register[paper.pk] == paper.sha256
        assert register[None] == Kit.objects.get(pk=kit.pk).sha256
        assert RemovedFile.objects.filter(removed_at=None).count() == 0
        seen = page(manager, url)
        assert papers[0].sha256[:8] in seen.replace(" ", "")
        auditor = client_of(world.actor(Role.AUDITOR))
        assert auditor.get(f"/kits/{kit.pk}/kit.zip").status_code == 409

    def test_what_goes_and_what_stays(self, world: World, later: Award) -> None:
        papers = list(documents_of(later))
        sealed = SealedVersion.objects.filter(filing__grantee=later.grantee)
        hashes = {one.pk: one.sha256 for one in sealed}
        assert hashes
        way.approved(world, way.proposed(world, later))
        drain()
        drafter = client_of(world.actor(Role.DRAFTER))
        answered = drafter.get(papers[0].get_absolute_url())
        content = b"".join(getattr(answered, "streaming_content", [answered.content]))
        assert content.startswith(b"%PDF"), "a page that says what became of it"
        for revision in PlanRevision.objects.filter(plan__grantee=later.grantee):
            assert (revision.contact_name, revision.contact_phone) == ("", "")
        for one in SealedVersion.objects.filter(pk__in=hashes):
            assert digest(one.payload) == one.sha256 == hashes[one.pk]
        assert verify() == []
        event = Event.objects.get(verb="retention.disposal.finish")
        assert event.data["said"]["廃棄したファイル"] == f"{len(papers)}件"

    def test_a_second_measure_is_refused_and_work_is_done_once(
        self, world: World, later: Award
    ) -> None:
        disposal = way.approved(world, way.proposed(world, later))
        drain()
        entries = RemovedFile.objects.count()
        for again in (write_register, sweep_files):
            again({"pk": str(disposal.pk)})
        drain()
        assert RemovedFile.objects.count() == entries
        assert Event.objects.filter(verb="retention.disposal.finish").count() == 1
        with pytest.raises(Refused, match="済んだ措置"):
            way.proposed(world, later)

    def test_extended_it_is_kept_on(self, world: World, later: Award) -> None:
        until = timezone.localdate().replace(year=timezone.localdate().year + 3)
        disposal = way.proposed(world, later, measure="extend", extend_until=until)
        with pytest.raises(Refused, match="延長の案です"):
            way.approved(world, disposal)
        decider = world.actor(Role.DECIDER)
        assert way.moved(disposal, "approve_extension", decider).state == "extended"
        assert kept_of([later])[later.pk].until == until
        with pytest.raises(Refused, match="保存期間は"):
            way.proposed(world, later)

    def test_rejected_nothing_is_removed(self, world: World, later: Award) -> None:
        disposal = way.proposed(world, later)
        client = client_of(world.actor(Role.DECIDER))
        rejected = {"reason": "係争のおそれがある。"}
        assert client.post(disposal.transition_url("reject"), rejected).status_code == 302
        drain()
        assert not RemovedFile.objects.exists()
        assert way.proposed(world, later).state == "proposed", "another may be proposed"


@pytest.mark.django_db
class TestWhatKeepsIt:
    def test_before_its_end_nothing_is_proposed(self, world: World) -> None:
        award = way.closed(world)
        assert kept_of([award])[award.pk].until == end_of(world)
        with pytest.raises(Refused, match="保存期間は"):
            way.proposed(world, award)

    def test_what_is_not_closed_has_no_end(self, world: World) -> None:
        award = closing.award_of(world)
        assert kept_of([award])[award.pk].until is None
        drafter = client_of(world.actor(Role.DRAFTER))
        assert "まだ決まりません" in page(drafter, f"/retention/awards/{award.pk}/")
        assert f"/retention/awards/{award.pk}/" in page(drafter, "/retention/?year=open")

    def test_an_objection_keeps_it_and_one_that_comes_later_stops_the_approval(
        self, world: World, later: Award
    ) -> None:
        disposal = way.proposed(world, later)
        act = objecting.act_of(world, "decision", later.decision_id)
        objecting.filed(world, act, late_reason="新しい証拠が見つかったため。")
        with pytest.raises(Refused, match="不服の申出"):
            way.approved(world, disposal)

    def test_who_asked_to_see_it_is_answered_first(self, world: World, later: Award) -> None:
        entered(world, later)
        with pytest.raises(Refused, match="開示請求"):
            way.proposed(world, later)

    def test_what_was_attached_to_an_objection_goes_too(self, world: World, later: Award) -> None:
        act = objecting.act_of(world, "decision", later.decision_id)
        upload = SimpleUploadedFile("証拠.csv", "日,額\n4/1,1\n".encode())
        objection = objecting.filed(world, act, late_reason="新しい証拠。", file=upload)
        approver = world.actor(Role.APPROVER)
        objecting.moved(objection, "withdraw", approver, reason="説明を受けた。")
        drain()
        disposal = way.approved(world, way.proposed(world, later))
        drain()
        attached = Document.objects.get(subject_id=objection.pk, kind="objection:paper")
        entry = disposal.removed.get(document_id=attached.pk)
        assert entry.label == "添付された書類", "its name was its writer's"
        assert "証拠" not in attached.title
        assert not default_storage.exists(entry.file)

    def test_the_years_are_data_of_the_programme(self, world: World, later: Award) -> None:
        for value in later.programme.values.filter(key="retention_years"):
            value.text = "10"
            value.save()
        award = Award.objects.select_related("programme", "decision", "grantee").get(pk=later.pk)
        found = kept_of([award])[award.pk]
        assert found.until == FiscalYear(FiscalYear.of(found.keepings[1].until) + 5).end


@pytest.mark.django_db
class TestKilledHalfWay:
    def test_a_register_half_written_is_none(
        self, world: World, later: Award, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposal = way.approved(world, way.proposed(world, later))
        before = {paper.pk: paper.sha256 for paper in documents_of(later)}
        calls = _fails_at(monkeypatch, "exists", 3)
        drain()
        assert calls
        assert not RemovedFile.objects.exists()
        assert {paper.pk: paper.sha256 for paper in documents_of(later)} == before
        monkeypatch.undo()
        _once_more()
        disposal.refresh_from_db()
        assert disposal.state == "removed"
        assert disposal.removed.count() == len(before)

    def test_files_half_taken_are_taken_by_the_next(
        self, world: World, later: Award, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposal = way.approved(world, way.proposed(world, later))
        files = {paper.file for paper in documents_of(later)}
        calls = _fails_at(monkeypatch, "delete", 3)
        drain()
        assert calls
        disposal.refresh_from_db()
        assert disposal.state == "removing", "the end is not said before it is there"
        assert any(default_storage.exists(file) for file in files)
        monkeypatch.undo()
        _once_more()
        disposal.refresh_from_db()
        assert disposal.state == "removed"
        assert not any(default_storage.exists(file) for file in files)
        assert not disposal.removed.filter(removed_at=None).exists()
        assert verify() == []


def _fails_at(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> list[str]:
    """The disk goes away at the nth call, as under a worker that dies."""
    calls: list[str] = []
    original = getattr(default_storage, name)

    def dies(path: str) -> Any:
        calls.append(path)
        if len(calls) >= number:
            raise OSError("the disk is gone")
        return original(path)

    monkeypatch.setattr(default_storage, name, dies)
    return calls


def _once_more() -> None:
    """When the time of the next attempt has come."""
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        drain()


@pytest.mark.django_db
class TestWho:
    def test_who_proposed_does_not_approve(self, world: World, later: Award) -> None:
        disposal = way.proposed(world, later)
        hat = world.wearing(world.actor(Role.PROGRAMME_MANAGER), world.office, Role.DECIDER)
        with pytest.raises(Refused, match="案を作った人"):
            way.moved(disposal, "approve_removal", hat, consent=None)

    def test_near_miss_strangers(self, world: World, later: Award) -> None:
        disposal = way.proposed(world, later)
        neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
        own = client_of(world.actor(Role.DRAFTER))
        assert neighbour.get(f"/retention/awards/{later.pk}/").status_code == 404
        assert str(later.pk) not in page(neighbour, "/retention/?year=open")
        assert own.post(disposal.transition_url("approve_removal")).status_code == 404
        assert "廃棄" not in page(own, f"/retention/awards/{later.pk}/").split("<main")[1]

    def test_what_another_case_holds_too_stays_for_it(self, world: World, later: Award) -> None:
        mine = documents_of(later).first()
        other = Document.objects.create(
            key="another",
            origin="uploaded",
            kind="another",
            title="同じ内容の書類",
            state="ready",
            subject_type="another",
            subject_id="1",
            file=mine.file,
            sha256=mine.sha256,
            size=mine.size,
        )
        disposal = way.approved(world, way.proposed(world, later))
        drain()
        assert disposal.removed.get(document_id=mine.pk).is_shared
        assert default_storage.exists(other.file)


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    reviewer = client_of(world.actor(Role.REVIEWER))
    bodies = list(world.bodies.values())

    def count(rows: int) -> int:
        reviewer.get("/retention/?year=open")
        with CaptureQueriesContext(connection) as captured:
            text = page(reviewer, "/retention/?year=open")
        assert text.count("/retention/awards/") == rows
        return len(captured)

    for body in bodies[:3]:
        closing.award_of(world, body)
    three = count(3)
    for body in bodies[3:8]:
        closing.award_of(world, body)
    assert count(8) == three
