"""The round trip through a spreadsheet: nothing changes by itself, and nothing is lost on the way."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from grants.demo.people import Cast
from grants.demo.stories import DEEP
from grants.filings.api import Filing
from grants.plans.models import BudgetLine, Plan, PlanRevision, PlanUpload, Section
from grants.plans.workbook import FORM, VERSION, refusal
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.audit.api import Event
from portal.spreadsheets.api import TemplateAbout
from tests.bench.test_pages import with_lines
from tests.grants.plans_of import terms
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
SEED = 8
HEAD = {
    name: place
    for place, name in enumerate(
        (
            *("uid", "section", "category", "item", "basis", "delivery", "quantity", "unit"),
            *("price", "tax", "eligible", "other", "other_name"),
        ),
        start=1,
    )
}


@pytest.fixture
def filing(world: World) -> Filing:
    return world.draft()


@pytest.fixture
def drafter(world: World, filing: Filing) -> Client:
    return client_of(world.actor(Role.DRAFTER))


def downloaded(client: Client, filing: Filing) -> bytes:
    answer = client.get(reverse("plans:workbook_download", args=[filing.revision_id]))
    assert answer.status_code == 200
    return bytes(answer.content)


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(client: Client, filing: Filing, content: bytes) -> Any:
    upload = SimpleUploadedFile("計画の表.xlsx", content)
    return client.post(reverse("plans:workbook", args=[filing.revision_id]), {"file": upload})


def seen(answer: Any) -> str:
    return next(
        part.partition('"')[0] for part in answer.content.decode().split('name="seen" value="')[1:]
    )


def rows(filing: Filing) -> list[tuple[Any, ...]]:
    fields = [f.attname for f in BudgetLine._meta.fields if f.attname not in ("id", "order")]
    return list(filing.plan_revision.lines.order_by("uid").values_list(*fields))


def by_libreoffice(content: bytes, folder: Path) -> bytes:
    """Opened and saved again by another program than the one that wrote it."""
    source = folder / "計画の表.xlsx"
    source.write_bytes(content)
    out = folder / "out"
    home = f"-env:UserInstallation=file://{folder / 'profile'}"
    convert = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*convert, str(source)], check=True, capture_output=True, timeout=120)
    return (out / source.name).read_bytes()


def odd_texts(filing: Filing) -> None:
    """What a reader of spreadsheets would take for something else, were it not the stored value."""
    lines = list(filing.plan_revision.lines.all())
    texts = ("=1+1", "-", "〃", "＋α", "@x", "同上", "026-235-0000", "1,000", "'=x", " 空白 ")
    for line, text in zip(lines, texts, strict=False):
        line.item = line.basis = text
        line.save()
    lines[-1].quantity, lines[-1].unit_price, lines[-1].amount = None, None, None
    lines[-1].category_code = lines[-1].delivery = ""
    lines[-1].save()
    filing.plan_revision.incomes.create(label="=SUM(A1)", amount=0, order=9)


@pytest.mark.parametrize("program", ["none", "openpyxl", "LibreOffice"])
def test_what_nobody_changed_changes_nothing(
    drafter: Client, filing: Filing, program: str, tmp_path: Path
) -> None:
    odd_texts(filing)
    content = downloaded(drafter, filing)
    if program == "openpyxl":
        content = changed(content, lambda book: None)
    elif program == "LibreOffice":
        if shutil.which("soffice") is None:
            pytest.skip("LibreOffice is not installed")
        content = by_libreoffice(content, tmp_path)
    before = rows(filing)
    answer = send(drafter, filing, content)
    assert answer.status_code == 302, answer.content.decode()
    page = drafter.get(answer.url).content.decode()
    assert "変更はありません" in page
    assert "この内容で取り込む" not in page
    assert "直すところ" not in page
    assert rows(filing) == before


def test_the_form_says_what_it_is_and_holds_what_it_should(drafter: Client, filing: Filing) -> None:
    odd_texts(filing)
    book = load_workbook(io.BytesIO(downloaded(drafter, filing)))
    assert book.sheetnames == ["積算内訳", "指標", "収入", "この様式について"]
    assert all(page.sheet_state == "visible" for page in book.worksheets)
    assert not any(page.merged_cells.ranges for page in book.worksheets)
    assert not any(c.data_type == "f" for p in book.worksheets for row in p for c in row)
    page = book["積算内訳"]
    assert page.protection.sheet
    assert page["A1"].protection.locked
    assert page["A2"].protection.locked, "the id of a record"
    assert not page["D2"].protection.locked
    lists = {
        str(rule.sqref).partition("2:")[0]
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists == {"B", "C", "F", "J", "K", "L"}
    about = {row[0].value: row[1].value for row in book["この様式について"]}
    assert (about["様式"], about["様式の版"], about["団体"]) == (FORM, VERSION, "長野県")
    assert about["年度"] == filing.programme.year_label
    assert about["対象の識別"].startswith(str(filing.revision_id))
    assert about["発行日時"]


def edit(book: Workbook) -> None:
    """One price changed, one line taken out, one added; an income added."""
    page = book["積算内訳"]
    page.cell(2, HEAD["price"]).value = "１４０，０００円"
    page.delete_rows(4)
    new = page.max_row + 1
    while not page.cell(new - 1, HEAD["section"]).value:
        new -= 1
    for name, value in {
        "section": page.cell(2, HEAD["section"]).value,
        "category": "07 報償費",
        "item": "ゲストの謝金",
        "delivery": "直営",
        "quantity": 3,
        "price": 10000,
        "other": "なし",
    }.items():
        page.cell(new, HEAD[name]).value = value
    book["収入"].append([None, "寄附", 5000])


def test_changes_are_shown_first_and_then_written_together(drafter: Client, filing: Filing) -> None:
    first, second, third, *_ = filing.plan_revision.lines.filter(activity_uid=None)
    before, others = rows(filing), filing.plan_revision.lines.count()
    version = Section.objects.get(revision=filing.revision_id, key="platform").version
    answer = send(drafter, filing, changed(downloaded(drafter, filing), edit))
    page = drafter.get(answer.url)
    html = page.content.decode()
    assert html.count('data-label="区分">新規') == 2
    assert html.count('data-label="区分">変更') == 1
    assert html.count('data-label="区分">削除') == 1
    assert "138,000" in html
    assert "140,000" in html
    assert rows(filing) == before, "nothing is written before it was looked at"
    done = drafter.post(answer.url, {"seen": seen(page)})
    assert done.status_code == 302
    lines = {line.uid: line for line in filing.plan_revision.lines.all()}
    assert len(lines) == others
    assert third.uid not in lines
    assert (lines[first.uid].unit_price, lines[first.uid].amount) == (140_000, 140_000 * 12)
    assert lines[second.uid].amount == second.amount
    (new,) = [line for line in lines.values() if line.item == "ゲストの謝金"]
    assert (new.amount, new.tax, new.is_eligible, new.activity_uid) == (
        30_000,
        "included",
        True,
        None,
    )
    assert Section.objects.get(revision=filing.revision_id, key="platform").version == version + 1
    event = Event.objects.get(verb="plans.take_workbook")
    assert event.data["said"]["新規"] == "2行"
    again = drafter.post(answer.url, {"seen": seen(page)})
    assert again.status_code == 409
    assert "すでに取り込みました" in again.content.decode()


def test_a_section_saved_meanwhile_is_never_overwritten(
    world: World, drafter: Client, filing: Filing
) -> None:
    answer = send(drafter, filing, changed(downloaded(drafter, filing), edit))
    page = drafter.get(answer.url)
    colleague = Cast().add(
        world.nagano, Role.DRAFTER, "丸山 次郎", "second@nagano.example", signs_in=False
    )
    income = filing.plan_revision.incomes.get()
    url = reverse("plans:section", args=[filing.revision_id, "incomes"])
    client_of(colleague).post(
        url,
        {
            "section_version": "1",
            "budget_measure": "initial",
            "incomes-TOTAL_FORMS": "1",
            "incomes-INITIAL_FORMS": "0",
            "incomes-0-uid": str(income.uid),
            "incomes-0-label": income.label,
            "incomes-0-amount": "1",
            "draft": "1",
        },
    )
    before = rows(filing)
    assert filing.plan_revision.incomes.get().amount == 1
    refused = drafter.post(answer.url, {"seen": seen(page)})
    assert refused.status_code == 409
    assert "丸山 次郎さんが保存した項目があります" in refused.content.decode()
    assert rows(filing) == before
    assert not Event.objects.filter(verb="plans.take_workbook").exists()
    assert (
        "ダウンロードした後に、画面で保存されています" in drafter.get(answer.url).content.decode()
    )
    assert drafter.post(answer.url, {"seen": seen(refused)}).status_code == 302


def test_a_sheet_or_a_column_that_is_missing_removes_nothing(
    drafter: Client, filing: Filing
) -> None:
    content = downloaded(drafter, filing)
    for change, words in (
        (lambda book: book.remove(book["収入"]), "次のシートがありません：収入"),
        (lambda book: book["積算内訳"].delete_cols(HEAD["price"]), "次の列がありません：単価"),
        (lambda book: book.remove(book["この様式について"]), "この計画の様式ではありません"),
    ):
        answer = send(drafter, filing, changed(content, change))
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not PlanUpload.objects.exists()


def plant(book: Workbook, count: int) -> set[str]:
    """`count` faults, each of one kind in one cell of the 積算内訳; returns the cells."""
    faults = {
        "section": "⑪ ない取組",
        "category": "99 ない節",
        "delivery": "共催",
        "quantity": "約なし",
        "price": "-500",
        "tax": "非課税",
        "eligible": "たぶん",
        "other": "未定",
        "item": "あ" * 101,
        "uid": "00000000-0000-0000-0000-000000000000",
    }
    page = book["積算内訳"]
    chance = random.Random(SEED)
    cells = set()
    places = chance.sample(range(2, 202), count)
    for number, place in enumerate(places):
        name = list(faults)[number % len(faults)]
        cell = page.cell(place, HEAD[name])
        cell.value = faults[name]
        cells.add(cell.coordinate)
    return cells


def test_forty_faults_among_two_hundred_rows_stand_on_their_cells(world: World) -> None:
    filing = world.draft(world.nagano, with_lines(DEEP, 8))
    drafter = client_of(world.actor(Role.DRAFTER))
    planted: set[str] = set()
    content = changed(downloaded(drafter, filing), lambda book: planted.update(plant(book, 40)))
    before = rows(filing)
    answer = send(drafter, filing, content)
    html = drafter.get(answer.url).content.decode()
    assert html.count('data-label="セル"') == 40
    assert "この内容で取り込む" not in html
    assert drafter.post(answer.url, {"seen": ""}).status_code == 409
    assert rows(filing) == before
    returned = drafter.get(reverse("plans:annotated", args=[answer.url.split("/")[-2]]))
    book = load_workbook(io.BytesIO(returned.content))
    marked = {c.coordinate for row in book["積算内訳"] for c in row if c.comment}
    assert marked == planted
    listed = [row[0].value for row in book["エラー一覧"].iter_rows(min_row=4)]
    assert {str(cell).partition("!")[2] for cell in listed} == planted
    assert len(listed) == 40


REVISION = PlanRevision(plan=Plan(grantee=Organisation(name="長野県")))


def about(**said: str) -> TemplateAbout:
    values = {
        "title": FORM,
        "version": VERSION,
        "fiscal_year": "令和8年度",
        "body": "長野県",
        "issued_at": "2026年5月1日 10時00分",
        "subject": "第1次",
        "subject_key": f"{REVISION.pk}/3",
    }
    return TemplateAbout(**{**values, **said})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"fiscal_year": "令和7年度"}, "令和7年度の様式です"),
        ({"version": "0"}, "様式の版が違います"),
        ({"body": "岐阜県"}, "岐阜県の様式です"),
        ({"subject_key": "5b5c/3", "subject": "第2次"}, "別の版（第2次）"),
        ({"title": "居場所の月報"}, "この計画の様式ではありません"),
    ],
    ids=["year", "version", "prefecture", "revision", "form"],
)
def test_a_workbook_of_something_else_is_refused_with_the_reason(
    said: dict[str, str], words: str
) -> None:
    reason = refusal(about(**said), REVISION, terms())
    assert reason is not None
    assert words in reason
    assert "転記してください。" in reason
    assert refusal(about(), REVISION, terms()) is None


def test_another_prefecture_finds_nothing(world: World, drafter: Client, filing: Filing) -> None:
    answer = send(drafter, filing, downloaded(drafter, filing))
    stranger = client_of(world.actor(Role.DRAFTER, world.gifu))
    for url in (
        answer.url,
        reverse("plans:annotated", args=[answer.url.split("/")[-2]]),
        reverse("plans:workbook", args=[filing.revision_id]),
        reverse("plans:workbook_download", args=[filing.revision_id]),
    ):
        assert stranger.get(url).status_code == 404


def test_a_plan_that_was_filed_takes_no_workbook(
    world: World, drafter: Client, filing: Filing
) -> None:
    content = downloaded(drafter, filing)
    answer = send(drafter, filing, changed(content, edit))
    page = drafter.get(answer.url)
    world.request(filing)
    assert drafter.post(answer.url, {"seen": seen(page)}).status_code == 409
    assert send(drafter, filing, content).status_code == 409
    assert timezone.now() > PlanUpload.objects.get().uploaded_at
