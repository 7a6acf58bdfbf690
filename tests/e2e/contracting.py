"""Step 5 of the main job in a browser: contractor, contract, people, a month, its confirmation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from grants.contractors.api import Contract, Contractor
from grants.records.api import PeriodReport
from portal.core.dates import FiscalYear
from tests.running import wait_for
from tests.samples.ibasho import CSV_NAME, ibasho_csv, ibasho_xlsx

from .conftest import Visitor
from .joining import letter_to, link_in, set_password, sign_in_first_time

RESPONSIBLE, RECORDER = "responsible@aozora.example", "recorder@aozora.example"
Arrive = Callable[..., Visitor]


def _day(day: object) -> str:
    return f"{day:%Y-%m-%d}"


def register(v: Visitor, year: int) -> None:
    """With the three findings of 要領2(2) before the year, without which no contract is prepared."""
    v.goto("/contractors/new/")
    v.fill(
        name="特定非営利活動法人あおぞら",
        kana="とくていひえいりかつどうほうじんあおぞら",
        representative="青木 空",
        address="東京都新宿区0-0",
        corporate_number="1234567890123",
    )
    v.pick(body_type="npo")
    v.press("委託先を登録する")
    assert v.says("法人番号"), "a number whose check digit is wrong is said at its field"
    v.fill(corporate_number="")
    v.press("委託先を登録する")
    contractor = Contractor.objects.get()
    begins = FiscalYear(year).start
    for kind in ("religious", "political", "organised_crime"):
        v.goto(f"/contractors/{contractor.pk}/check/?kind={kind}")
        v.tick("kind", kind)
        v.tick("result", "clear")
        v.fill(
            pledged_on=_day(begins - timedelta(days=20)),
            reviewed_on=_day(begins - timedelta(days=10)),
            expires_on=_day(timezone.localdate() + timedelta(days=300)),
            source="定款と活動報告",
            reason="定款と活動報告を読み、該当しないことを確かめた。",
        )
        v.press("結果を記録する")


def conclude(v: Visitor, year: int) -> Contract:
    """A contract for ⑦ over the whole year; what its clauses demand is said until it is there."""
    contractor, period = Contractor.objects.get(), FiscalYear(year)
    v.goto(f"/contractors/{contractor.pk}/contract/")
    v.fill(
        title="居場所の運営",
        number="R6-福-001",
        amount="２，０００，０００円",
        signed_on=_day(period.start),
        starts_on=_day(period.start),
        ends_on=_day(period.end),
        due_day="10",
    )
    v.page.locator("main label", has_text="⑦").locator("input[name=activities]").check()
    v.tick("method", "PRO")
    v.press("保存して確かめる")
    contract = Contract.objects.get()
    assert v.says("要領2(3)"), v.page.locator("main").inner_text()
    v.goto(f"/contractors/contracts/{contract.pk}/edit/")
    v.fill(selection_reason="3者の提案から選んだ。")
    v.press("保存して確かめる")
    v.goto(f"/contractors/contracts/{contract.pk}/evidence/")
    v.page.locator("input[name=file]").set_input_files(
        {
            "name": "選定結果.csv",
            "mimeType": "text/csv",
            "buffer": "者,点\n提案者1,86\n".encode(),
        }
    )
    for name in ("実施要領", "審査結果"):
        v.tick("names", name)
    v.press("資料を追加する")
    v.goto(f"/contractors/contracts/{contract.pk}/lines/")
    v.press("この内容で充てる")
    v.goto(f"/contractors/contracts/{contract.pk}/do/conclude/")
    v.tick("is_answered_for")
    v.press("契約を登録する")
    v.page.wait_for_url(f"**/contractors/contracts/{contract.pk}/")
    contract.refresh_from_db()
    assert contract.state == "in_force", v.page.locator("main").inner_text()
    return contract


@dataclass
class Invited:
    """The contractor's two people, come in by the letters that the worker sent."""

    responsible: Visitor
    recorder: Visitor


def invite(v: Visitor, contract: Contract, arrive: Arrive, mails: Path) -> Invited:
    found = {}
    for role, name, login in (
        ("responsible", "青木 空", RESPONSIBLE),
        ("recorder", "滝沢 美咲", RECORDER),
    ):
        v.goto(f"/contractors/contracts/{contract.pk}/invite/")
        v.fill(name=name, email=login)
        v.tick("role", role)
        v.press("招待する")
        letter = wait_for(lambda login=login: letter_to(mails, login))
        guest = arrive(v.has_scripts)
        guest.goto(link_in(letter))
        set_password(guest)
        sign_in_first_time(guest, login)
        found[role] = guest
    return Invited(**found)


def report_month(people: Invited, contract: Contract) -> PeriodReport:
    """2024年10月 from the file as it comes: refused, mended, taken whole, and not taken twice."""
    report = PeriodReport.objects.get(contract=contract, month="2024-10-01")
    v = people.recorder
    v.goto("/records/")
    upload(v, report, "実績.csv", b"\x00\x01\x02 not a table")
    assert v.says("添付できない種類"), v.page.locator("main").inner_text()

    upload(v, report, CSV_NAME, ibasho_csv())
    for text in ("△1", "約３０", "〃", "H6"):
        assert v.says(text), text
    v.press("この内容で取り込む")
    assert v.says("まだ取り込めません"), "all or nothing"
    assert report.records.count() == 0
    v.page.locator("[name='mend-H6']").fill("1")
    v.page.locator("[name='ok-D6-personal']").check()
    v.page.locator("[name='why-D6-personal']").fill("店の名前である。")
    v.press("入力した値で再確認する")
    wait_until_read(v)
    assert v.says("取り込めます"), v.page.locator("main").inner_text()
    v.press("この内容で取り込む")
    assert report.records.count() == 3, v.page.locator("main").inner_text()

    upload(v, report, "居場所_2024-10.xlsx", ibasho_xlsx())
    assert v.says("変更なし")
    assert report.records.count() == 3, "repeating an upload adds nothing"
    v.press("取込みをやめる")
    v.press("取込みをやめる")

    people.responsible.goto("/")
    people.responsible.goto(f"/records/{report.pk}/do/submit/")
    people.responsible.press("提出する", exact=False)
    report.refresh_from_db()
    assert report.state == "submitted", people.responsible.page.locator("main").inner_text()
    return report


def confirm(v: Visitor, report: PeriodReport) -> None:
    for path in (
        "/",
        "/contractors/",
        f"/contractors/contracts/{report.contract_id}/",
        "/records/overview/",
        f"/records/{report.pk}/",
    ):
        v.goto(path)
    v.goto(f"/records/{report.pk}/do/confirm/")
    v.press("確認する", exact=False)
    report.refresh_from_db()
    assert report.state == "confirmed", v.page.locator("main").inner_text()


def upload(v: Visitor, report: PeriodReport, name: str, content: bytes) -> None:
    v.goto(f"/records/{report.pk}/upload/")
    v.page.locator("input[name=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    v.press("ファイルを読み取る")
    wait_until_read(v)


def wait_until_read(v: Visitor) -> None:
    """The page looks by itself every two seconds; without scripts the person presses its link."""

    def is_read() -> bool:
        if v.says("読み取っています") and not v.has_scripts:
            v.press("いま確かめる")
        return not v.says("読み取っています")

    wait_for(is_read)
    v.look()
