"""Evidence of a period: what a photo gives away is gone, what it shows stays."""

from __future__ import annotations

import io
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from grants.records.api import PeriodReport
from grants.records.evidence import evidence_of
from portal.documents.api import read_file
from portal.workflow.api import perform
from tests.grants.contracts import Deal, Pair, pair_of
from tests.grants.records.test_months import record_of, submit
from tests.world import client_of

ORIENTATION, GPS, MODEL = 0x0112, 0x8825, 0x0110


def photo() -> bytes:
    """40 × 20 pixels, to be turned upright, with a place and a camera."""
    image = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MODEL] = "SECRET-CAMERA"
    exif.get_ifd(GPS)[2] = (35.0, 39.0, 29.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SECRET-COMMENT")
    return out.getvalue()


def picture(width: int = 10) -> bytes:
    info = PngInfo()
    info.add_text("Author", "SECRET-AUTHOR")
    out = io.BytesIO()
    Image.new("RGBA", (width, 10), (0, 128, 0, 100)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


@pytest.fixture
def pair(deal: Deal) -> Pair:
    return pair_of(deal, deal.concluded())


@pytest.fixture
def report(pair: Pair) -> PeriodReport:
    return PeriodReport.objects.get(month=date(2024, 10, 1))


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [("活動.jpg", photo(), (20, 40)), ("図.png", picture(), (10, 10))],
    ids=["jpeg turned upright", "png"],
)
def test_a_photo_loses_place_and_camera_and_keeps_what_it_shows(
    pair: Pair, report: PeriodReport, name: str, content: bytes, size: tuple[int, int]
) -> None:
    assert b"SECRET" in content
    url = reverse("records:evidence", args=[report.pk])
    sent = pair.recorders_client.post(url, {"file": SimpleUploadedFile(name, content)})
    assert sent.status_code == HTTPStatus.FOUND
    paper = evidence_of(report).get()
    kept = read_file(paper)
    assert b"SECRET" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == size
        assert not image.getexif()
        assert {"comment", "Author"}.isdisjoint(image.info)
    shown = reverse("records:evidence_file", args=[report.pk, paper.pk])
    page = pair.recorders_client.get(report.get_absolute_url()).content.decode()
    assert f'src="{shown}"' in page
    assert pair.recorders_client.get(shown).content == kept


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("偽.jpg", b"<html>", "添付できない種類"),
        ("空.jpg", b"", "空"),
        ("切れた.jpg", photo()[:200], "画像として開けません"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(
    pair: Pair, report: PeriodReport, name: str, content: bytes, words: str
) -> None:
    url = reverse("records:evidence", args=[report.pk])
    sent = pair.recorders_client.post(url, {"file": SimpleUploadedFile(name, content)})
    assert sent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in sent.content.decode()
    assert not evidence_of(report).exists()


def test_the_prefecture_sees_it_with_the_month_and_strangers_never(
    deal: Deal, pair: Pair, report: PeriodReport
) -> None:
    upload = SimpleUploadedFile("活動.jpg", photo())
    url = reverse("records:evidence", args=[report.pk])
    pair.recorders_client.post(url, {"file": upload})
    shown = reverse("records:evidence_file", args=[report.pk, evidence_of(report).get().pk])
    office = client_of(deal.drafter())
    assert office.get(shown).status_code == HTTPStatus.NOT_FOUND
    assert shown not in office.get(report.get_absolute_url()).content.decode()
    record_of(pair.recorder, report)
    submit(report, pair.responsible)
    assert office.get(shown).status_code == HTTPStatus.OK
    again = pair.recorders_client.post(url, {"file": SimpleUploadedFile("2.jpg", photo())})
    assert again.status_code == HTTPStatus.CONFLICT
    stranger = pair_of(deal, deal.concluded("別の団体"), "other")
    for client in (stranger.responsibles_client, client_of(deal.drafter(deal.world.nagano))):
        assert client.get(shown).status_code == HTTPStatus.NOT_FOUND


# Files of equal content are one file, and tests beside this one keep theirs in the same place.
SHEET = 17


def test_a_sheet_with_names_leaves_until_the_month_was_submitted(
    deal: Deal, pair: Pair, report: PeriodReport, django_capture_on_commit_callbacks: Any
) -> None:
    client, url = pair.recorders_client, reverse("records:evidence", args=[report.pk])
    client.post(url, {"file": SimpleUploadedFile("名簿.png", picture(SHEET))})
    client.post(url, {"file": SimpleUploadedFile("活動.jpg", photo())})
    sheet, kept = evidence_of(report).order_by("created_at")
    assert "外す" in client.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, {"remove": str(sheet.pk)}).status_code == HTTPStatus.FOUND
    assert list(evidence_of(report)) == [kept]
    assert not default_storage.exists(sheet.file)
    assert client.post(url, {"remove": str(sheet.pk)}).status_code == HTTPStatus.NOT_FOUND

    record_of(pair.recorder, report)
    submit(report, pair.responsible)
    assert client.post(url, {"remove": str(kept.pk)}).status_code == HTTPStatus.CONFLICT
    perform(PeriodReport, report.pk, "send_back", deal.drafter(), data={"reason": "写真を足す。"})
    assert client.post(url, {"remove": str(kept.pk)}).status_code == HTTPStatus.CONFLICT
    client.post(url, {"file": SimpleUploadedFile("名簿.png", picture(SHEET))})
    added = evidence_of(report).exclude(pk=kept.pk).get()
    assert client.post(url, {"remove": str(added.pk)}).status_code == HTTPStatus.FOUND
    assert list(evidence_of(report)) == [kept]
