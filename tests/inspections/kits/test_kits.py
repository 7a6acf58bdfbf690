"""検査の資料: a ZIP that checks against its own list, an index whose links lead to the files beside it."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.awards.api import Award
from grants.filings.api import SealedVersion
from inspections.findings.api import save_correction
from inspections.kits.api import Kit, ask_for_kit
from inspections.kits.contents import SECTIONS, entries_of
from inspections.kits.packing import CONTENTS, pack
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.documents.api import HASHES, Document
from portal.outbox.api import drain
from tests.grants.contracts import Deal, pair_of
from tests.grants.records.test_months import record_of, submit
from tests.inspections.findings.test_findings import page, upheld
from tests.inspections.orders import way
from tests.inspections.visits.test_visits import award_of, reported
from tests.world import World, client_of, ensure_cache_table


def inspected(world: World) -> Award:
    """With a finding whose correction is being written, and an order."""
    finding = upheld(world, reported(world))
    save_correction(
        actor=world.actor(Role.DRAFTER),
        finding=finding,
        seen_version=finding.version,
        values={"plan": "計画", "owner": "担当", "correction": "途中"},
        upload=SimpleUploadedFile("途中の証拠.csv", "番号,金額\n1,9\n".encode()),
    )
    way.issued(world, finding.visit.award, findings=[finding])
    drain()
    found: Award = finding.visit.award
    return found


def taken_out(world: World, award: Award) -> ZipFile:
    """Asked for and taken out by an auditor, in the browser."""
    auditor = client_of(world.actor(Role.AUDITOR))
    assert auditor.post(f"/kits/awards/{award.pk}/").status_code == 302
    drain()
    kit = Kit.objects.get()
    assert kit.sha256 in page(auditor, kit.get_absolute_url())
    answer = auditor.get(f"/kits/{kit.pk}/kit.zip")
    assert answer.streaming
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a stream
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (kit.sha256, kit.size)
    return ZipFile(BytesIO(content))


def links(content: bytes) -> list[str]:
    """Where the links of a PDF lead: a file beside it, or an address."""
    found = []
    with pikepdf.open(BytesIO(content)) as pdf:
        for each in pdf.pages:
            for link in each.obj.get("/Annots", pikepdf.Array()):
                action = link["/A"]
                target = action["/F"]["/UF"] if action["/S"] == "/GoToR" else action["/URI"]
                found.append(str(target))
    return found


@pytest.mark.django_db
class TestTheFile:
    def test_it_checks_against_its_own_list(self, world: World) -> None:
        archive = taken_out(world, inspected(world))
        listed = dict(
            reversed(line.split("  ", 1)) for line in archive.read(HASHES).decode().splitlines()
        )
        assert set(listed) == set(archive.namelist()) - {HASHES}
        for path, sha256 in listed.items():
            assert hashlib.sha256(archive.read(path)).hexdigest() == sha256, path

    def test_its_index_opens_and_its_links_lead_to_the_files(self, world: World) -> None:
        archive = taken_out(world, inspected(world))
        found = set(links(archive.read(CONTENTS)))
        assert found == set(archive.namelist()) - {HASHES, CONTENTS}
        assert all(path.isascii() and not path.startswith(("/", "http")) for path in found)
        assert {path[:2] for path in found} <= {f"{number:02}" for number in SECTIONS}

    def test_what_is_in_it(self, world: World) -> None:
        award = inspected(world)
        archive = taken_out(world, award)
        titles = {entry["title"]: entry["path"] for entry in Kit.objects.get().entries}
        order = next(title for title in titles if title.startswith("命令書"))
        assert titles[order].startswith("08/")
        assert archive.read(titles[order]).startswith(b"%PDF")
        assert titles["指摘の一覧"].startswith("08/")
        assert "対象外の経費を支出した" in archive.read(titles["指摘の一覧"]).decode()
        assert "命令を施行する" in archive.read(titles["経過の記録"]).decode()
        assert "領収書.csv" in titles
        assert "途中の証拠.csv" not in titles, "the body has not reported it yet"
        sealed = SealedVersion.objects.get(filing_id=award.decision.filing_id)
        whole = [archive.read(path) for path in titles.values() if path.endswith(".json")]
        assert sealed.sha256 in {hashlib.sha256(one).hexdigest() for one in whole}

    def test_the_same_kit_is_the_same_file(self, world: World) -> None:
        kit = ask_for_kit(actor=world.actor(Role.AUDITOR), award=inspected(world))
        first, second = BytesIO(), BytesIO()
        pack(kit, first)
        pack(kit, second)
        assert first.getvalue() == second.getvalue()

    def test_a_paper_that_was_changed_is_not_packed(self, world: World) -> None:
        kit = ask_for_kit(actor=world.actor(Role.AUDITOR), award=inspected(world))
        Document.objects.filter(kind="finding:evidence").update(sha256="0" * 64)
        with pytest.raises(ValueError, match="does not fit its hash"):
            pack(kit, BytesIO())


@pytest.mark.django_db
class TestWho:
    def test_asking_and_taking_out_are_on_record(self, world: World) -> None:
        award = award_of(world)
        taken_out(world, award)
        verbs = Event.objects.filter(verb__startswith="kits.").order_by("seq")
        assert [(one.verb, one.actor_role) for one in verbs] == [
            ("kits.ask", Role.AUDITOR),
            ("kits.kit.finish", "system"),
            ("kits.take_out", Role.AUDITOR),
        ]
        assert verify() == []

    def test_not_before_it_is_ready(self, world: World) -> None:
        kit = ask_for_kit(actor=world.actor(Role.AUDITOR), award=award_of(world))
        auditor = client_of(world.actor(Role.AUDITOR))
        assert "作成しています" in page(auditor, kit.get_absolute_url())
        assert auditor.get(f"/kits/{kit.pk}/kit.zip").status_code == 409

    def test_a_kit_is_for_whoever_asked_in_that_role_and_for_auditors(self, world: World) -> None:
        """A kit holds what its asker may read: an auditor more than a reviewer."""
        award = award_of(world)
        auditors = ask_for_kit(actor=world.actor(Role.AUDITOR), award=award)
        own = ask_for_kit(actor=world.actor(Role.REVIEWER), award=award)
        drain()
        reviewer, auditor = (client_of(world.actor(r)) for r in (Role.REVIEWER, Role.AUDITOR))
        assert reviewer.get(f"/kits/{auditors.pk}/kit.zip").status_code == 404
        assert reviewer.get(f"/kits/{own.pk}/kit.zip").status_code == 200
        assert auditor.get(f"/kits/{own.pk}/kit.zip").status_code == 200
        hat = world.wearing(world.actor(Role.REVIEWER), world.office, Role.DECIDER)
        assert client_of(hat).get(f"/kits/{own.pk}/kit.zip").status_code == 404

    def test_near_miss_strangers(self, world: World) -> None:
        """The body itself has no kit of its case: what the office alone reads is in it."""
        award = award_of(world)
        kit = ask_for_kit(actor=world.actor(Role.AUDITOR), award=award)
        drain()
        own, neighbour = (
            client_of(world.actor(Role.DRAFTER, body)) for body in (world.nagano, world.gifu)
        )
        url = f"/kits/awards/{award.pk}/"
        for client, status in ((own, 403), (neighbour, 404)):
            assert client.post(url).status_code == status
            assert client.get(f"/kits/{kit.pk}/kit.zip").status_code == 404
        assert own.get("/kits/").status_code == 403
        assert Kit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_leaves_where_no_test_holds_a_transaction(world: World) -> None:
    ensure_cache_table()
    kit = ask_for_kit(actor=world.actor(Role.AUDITOR), award=award_of(world))
    drain()
    auditor = client_of(world.actor(Role.AUDITOR))
    assert auditor.get(f"/kits/{kit.pk}/kit.zip").status_code == 200


@pytest.mark.django_db
def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    award = award_of(world)
    auditor: Any = world.actor(Role.AUDITOR)
    client = client_of(auditor)

    def count() -> list[int]:
        client.get(f"/kits/awards/{award.pk}/")
        with CaptureQueriesContext(connection) as listed:
            assert client.get(f"/kits/awards/{award.pk}/").status_code == 200
        with CaptureQueriesContext(connection) as gathered:
            entries_of(award, auditor)
        return [len(listed), len(gathered)]

    for _ in range(3):
        way.issued(world, award)
        ask_for_kit(actor=auditor, award=award)
    three = count()
    for _ in range(5):
        way.issued(world, award)
        ask_for_kit(actor=auditor, award=award)
    assert count() == three


def test_a_month_that_was_submitted_is_in_it_as_it_was_sealed(deal: Deal) -> None:
    contract = deal.concluded()
    month, pair = deal.month(contract), pair_of(deal, contract)
    record_of(pair.recorder, month)
    submit(month, pair.responsible)
    drain()
    kit = ask_for_kit(actor=deal.world.actor(Role.AUDITOR), award=contract.award)
    paths = {entry["title"]: entry["path"] for entry in kit.entries}
    sealed = next(title for title in paths if title.startswith("月報　"))
    assert paths[sealed].startswith("04/")
    assert paths[sealed].endswith(".pdf")
