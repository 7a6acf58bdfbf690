"""中止・廃止 (適正化法7条1項4号) and 事故・遅延 (7条1項5号), with the report that follows a 廃止 (14条)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.awards.api import Award, report_due
from grants.changes.api import Discontinuance, Incident, save_statement, start_statement
from grants.filings.api import Filing
from grants.guideline.api import Subject, judge
from grants.kinds.discontinuance.kind import StopSubject
from grants.kinds.incident.kind import IncidentSubject
from grants.kinds.performance.panels import to_report
from grants.settlements.api import PerformanceReport, read_report, start_report
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.problems import Refused
from portal.documents.api import Document, read_file
from portal.notifications.api import Notice
from portal.outbox.api import drain
from tests.grants import changing, closing
from tests.world import World, client_of, ensure_cache_table

DAY = date(2026, 9, 1)


def unmet(subject: str, given: Any) -> set[str]:
    return {one.requirement.id for one in judge(Subject(subject), given) if not one.is_met}


STOP = {
    "what": "end",
    "takes_effect_on": DAY,
    "resumes_on": None,
    "reason": "委託先が解散したため。",
    "spent": 100,
    "expected": 50,
    "planned": 150,
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, set(), id="7条1項4号-whole"),
        pytest.param({"what": ""}, {"discontinuance.whole"}, id="7条1項4号-which"),
        pytest.param({"reason": " "}, {"discontinuance.whole"}, id="7条1項4号-reason"),
        pytest.param({"takes_effect_on": None}, {"discontinuance.whole"}, id="7条1項4号-when"),
        pytest.param({"spent": None}, {"discontinuance.whole"}, id="7条1項4号-spent"),
        pytest.param({"what": "suspend"}, {"discontinuance.resumes"}, id="7条1項4号-resumes"),
        pytest.param(
            {"what": "suspend", "resumes_on": DAY}, {"discontinuance.resumes"}, id="7条1項4号-later"
        ),
        pytest.param({"expected": 51}, {"discontinuance.cost"}, id="7条1項4号-one-yen-over"),
    ],
)
def test_what_a_stop_must_say(changed: dict[str, Any], said: set[str]) -> None:
    assert unmet("discontinuance", StopSubject(**{**STOP, **changed})) == said


INCIDENT = {
    "what": "delay",
    "happened_on": DAY,
    "cause": "豪雨で会場が使えない。",
    "progress": "10回のうち4回を終えた。",
    "measures": "別の会場を探している。",
    "spent": 100,
    "completes_on": date(2027, 4, 1),
    "ends_on": date(2027, 3, 31),
    "today": DAY,
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, set(), id="7条1項5号-whole"),
        pytest.param({"cause": ""}, {"incident.whole"}, id="7条1項5号-cause"),
        pytest.param({"today": DAY - timedelta(days=1)}, {"incident.days"}, id="7条1項5号-day"),
        pytest.param({"completes_on": None}, {"incident.delay"}, id="7条1項5号-no-day"),
        pytest.param(
            {"completes_on": date(2027, 3, 31)}, {"incident.delay"}, id="7条1項5号-no-delay"
        ),
        pytest.param({"what": "accident", "completes_on": None}, set(), id="7条1項5号-accident"),
    ],
)
def test_what_an_incident_must_say(changed: dict[str, Any], said: set[str]) -> None:
    assert unmet("incident", IncidentSubject(**{**INCIDENT, **changed})) == said


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def write_stop(world: World, award: Award, what: str = "end") -> Filing:
    drafter = world.actor(Role.DRAFTER, award.grantee)
    filing = start_statement(actor=drafter, award=award, model=Discontinuance, label="中止・廃止")
    stop = Discontinuance.objects.get(filing=filing)
    values = {
        "what": what,
        "takes_effect_on": timezone.localdate(),
        "resumes_on": timezone.localdate() + timedelta(days=30) if what == "suspend" else None,
        "reason": "委託先が解散し、ほかに担う団体がないため。",
        "spent": 300_000,
        "expected": 20_000,
    }
    save_statement(actor=drafter, statement=stop, seen_version=stop.version, values=values)
    return filing


def reviewed(world: World, filing: Filing) -> Filing:
    filing = world.begin_review(world.submit(filing))
    reviewer = world.actor(Role.REVIEWER)
    return world.act(filing, "finish_review", reviewer, opinion="やむを得ない。").subject


def approve(world: World, filing: Filing) -> Filing:
    data = {**world.numbered(), "conditions": [], "confirmed": True}
    return world.act(filing, "approve_stop", world.actor(Role.DECIDER), **data).subject


def text_of(kind: str) -> str:
    drain()
    document = Document.objects.filter(kind=kind).latest("created_at")
    pages = PdfReader(BytesIO(read_file(document))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.django_db
def test_14_a_work_that_ended_is_reported_on_within_a_month(world: World, award: Award) -> None:
    """The approval of a 廃止 starts the period; plan and 流用 are closed from then on."""
    drafter = world.actor(Role.DRAFTER)
    filing = approve(world, reviewed(world, write_stop(world, award)))
    assert filing.state == "decided"
    award.refresh_from_db()
    today = timezone.localdate()
    assert award.discontinued_on == today
    assert award.state == "in_force"
    due = report_due(today, award.programme.terms()).day
    report = PerformanceReport.objects.select_related("award__programme", "filing").get(
        filing=start_report(actor=drafter, award=award)
    )
    assert read_report(report).due_on == due
    found = to_report(drafter)
    assert found is not None
    assert [row[2].day for row in found["rows"] if row[0].pk == award.pk] == [due]
    with pytest.raises(Refused, match="廃止が承認されている"):
        changing.start(world, award)
    assert "廃止承認通知書" in text_of("notice_of_stop")
    assert "実績報告" in text_of("notice_of_stop")
    assert "廃止したい" in text_of("discontinuance")
    assert verify() == []


@pytest.mark.django_db
def test_a_pause_ends_nothing(world: World, award: Award) -> None:
    approve(world, reviewed(world, write_stop(world, award, "suspend")))
    award.refresh_from_db()
    assert award.discontinued_on is None
    assert changing.start(world, award).state == "draft"
    assert "中止承認通知書" in text_of("notice_of_stop")


@pytest.mark.django_db
def test_a_refusal_says_why_and_changes_nothing(world: World, award: Award) -> None:
    filing = reviewed(world, write_stop(world, award))
    data = {**world.numbered(), "reason": "ほかの団体に委託できる。"}
    world.act(filing, "refuse_stop", world.actor(Role.DECIDER), **data)
    award.refresh_from_db()
    assert award.discontinued_on is None
    assert "ほかの団体に委託できる。" in text_of("notice_of_stop_refusal")


@pytest.mark.django_db
def test_the_pages_of_both_from_start_to_end(world: World, award: Award) -> None:
    ensure_cache_table()
    drafter = client_of(world.actor(Role.DRAFTER))
    page = drafter.get(reverse("changes:award", args=[award.pk])).content.decode()
    assert "中止・廃止の申請を書く" in page
    assert drafter.post(reverse("discontinuance:start", args=[award.pk])).status_code == 302
    again = drafter.post(reverse("discontinuance:start", args=[award.pk]))
    stop = Discontinuance.objects.get()
    url = reverse("discontinuance:edit", args=[stop.pk])
    assert again.url == url, "a second click finds the first"
    today = timezone.localdate().isoformat()
    typed = {"what": "end", "takes_effect_on": today, "reason": "解散。", "spent": "10"}
    assert drafter.post(url, {**typed, "form_version": "7"}).status_code == 409
    assert drafter.post(url, {**typed, "form_version": "1"}).status_code == 302
    page = drafter.get(url).content.decode()
    assert "実績報告の期限は" in page
    filing = reviewed(world, Filing.objects.get(kind="discontinuance"))
    decider = client_of(world.actor(Role.DECIDER))
    page = decider.get(filing.transition_url("approve_stop")).content.decode()
    assert "解散。" in page
    assert "不用となる見込みの額" in page
    approve(world, filing)
    assert drafter.get(url).status_code == 302
    page = drafter.get(reverse("changes:award", args=[award.pk])).content.decode()
    assert "廃止が承認されました" in page


@pytest.mark.django_db
def test_an_incident_is_answered_by_an_instruction(world: World, award: Award) -> None:
    """7条1項5号: reported without delay, and instructed."""
    ensure_cache_table()
    drafter = client_of(world.actor(Role.DRAFTER))
    drafter.post(reverse("incident:start", args=[award.pk]))
    incident = Incident.objects.get()
    url = reverse("incident:edit", args=[incident.pk])
    filing = Filing.objects.get(kind="incident")
    with pytest.raises(Refused, match="原因と内容を入力"):
        world.submit(filing)
    typed = {
        "what": "accident",
        "happened_on": timezone.localdate().isoformat(),
        "cause": "豪雨で会場が浸水した。",
        "progress": "4回を終えた。",
        "measures": "別の会場を探している。",
        "spent": "120,000",
        "form_version": "1",
    }
    assert drafter.post(url, typed).status_code == 302
    filing = world.submit(filing)
    assert filing.receipt_number.endswith("-E-0001")
    reviewer = client_of(world.actor(Role.REVIEWER))
    page = reviewer.get(filing.transition_url("instruct")).content.decode()
    assert "豪雨で会場が浸水した。" in page
    assert reviewer.post(filing.transition_url("instruct"), {}).status_code == 422
    said = {"instruction": "会場の変更は、軽微な変更として行うこと。"}
    world.act(filing, "instruct", world.actor(Role.REVIEWER), **said)
    page = drafter.get(reverse("changes:award", args=[award.pk])).content.decode()
    assert said["instruction"] in page
    assert "豪雨で会場が浸水した。" in text_of("incident")
    assert drafter.post(reverse("incident:start", args=[award.pk])).url != url, "a new one"


@pytest.mark.django_db
def test_another_prefecture_finds_neither(world: World, award: Award) -> None:
    ensure_cache_table()
    filing = write_stop(world, award)
    stranger = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert stranger.get(reverse("discontinuance:edit", args=[filing.pk])).status_code == 404
    for name in ("discontinuance:start", "incident:start"):
        assert stranger.post(reverse(name, args=[award.pk])).status_code == 404
    office = client_of(world.actor(Role.REVIEWER))
    assert office.get(reverse("discontinuance:edit", args=[filing.pk])).status_code in (403, 404)


@pytest.mark.django_db
def test_the_page_asks_the_same_for_three_and_for_eight(world: World, award: Award) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.AUDITOR))
    url = reverse("changes:award", args=[award.pk])
    drafter = world.actor(Role.DRAFTER)

    def tell(count: int) -> None:
        for _ in range(count):
            filing = start_statement(actor=drafter, award=award, model=Incident, label="事故")
            incident = Incident.objects.get(filing=filing)
            values = {"what": "accident", "happened_on": timezone.localdate()}
            values |= {"cause": "豪雨。", "progress": "半分。", "measures": "延期。"}
            save_statement(actor=drafter, statement=incident, seen_version=1, values=values)
            filed = world.submit(Filing.objects.get(pk=filing.pk))
            world.act(filed, "instruct", world.actor(Role.REVIEWER), instruction="続けること。")

    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    tell(3)
    at_three = asked()
    tell(5)
    assert asked() == at_three


@pytest.mark.django_db
def test_an_incident_that_was_none_is_withdrawn_and_the_office_told(
    world: World, award: Award
) -> None:
    ensure_cache_table()
    drafter, approver = world.actor(Role.DRAFTER), world.actor(Role.APPROVER)
    draft = start_statement(actor=drafter, award=award, model=Incident, label="事故・遅延報告")
    page = client_of(approver).get(draft.get_absolute_url()).content.decode()
    assert "取り下げる" in page
    world.act(draft, "withdraw", approver, reason="計画のとおり終わる見込みになった。")
    drain()
    told = Notice.objects.filter(title__contains="取り下げられました")
    assert not told.exists(), "the office never saw it"
    other = start_statement(actor=drafter, award=award, model=Incident, label="事故・遅延報告")
    assert other.pk != draft.pk
    save_statement(
        actor=drafter,
        statement=Incident.objects.get(filing=other),
        seen_version=1,
        values={
            "what": "accident",
            "happened_on": timezone.localdate(),
            "cause": "豪雨で会場が浸水した。",
            "progress": "4回を終えた。",
            "measures": "別の会場を探している。",
            "spent": 0,
        },
    )
    filed = world.submit(other)
    world.act(filed, "withdraw", approver, reason="被害がなかった。")
    drain()
    assert told.exists()
