"""What may come in: by content, never by name or by what the browser says."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePath

import filetype
import pikepdf
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024

_ZIP_KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# The name of the stream in which a workbook with a password lies.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IMAGES = {"image/png", "image/jpeg"}
EXTENSIONS = ("pdf", "xlsx", "docx", "csv", "png", "jpg", "jpeg")
# A photo of today has 12 to 50 million; more is a bomb or a scan that no page shows.
_MOST_PIXELS = 60_000_000
_ACCEPTED = "PDF、xlsx、docx、csv、PNG、JPEG"


@dataclass(frozen=True, slots=True)
class Limits:
    """In bytes; the values are data of the programme."""

    file_bytes: int = 25 * MEGABYTE
    total_bytes: int = 200 * MEGABYTE
    already_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    name: str
    content_type: str
    content: bytes


def check_upload(upload: UploadedFile, limits: Limits, *, is_table: bool = False) -> Checked:
    """Reads the file and says what it really is. Raises ValidationError in words that help.

    `is_table`: it is only read by `portal.spreadsheets`, which knows workbooks of the old days (.xls).
    """
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if size == 0:
        raise ValidationError(f"「{name}」は中身が空です。正しいファイルを選んでください。")
    if size > limits.file_bytes:
        raise ValidationError(
            f"「{name}」が{_megabytes(size)}あります。"
            f"{limits.file_bytes // MEGABYTE}MB以下にするか、分けてください。"
        )
    if limits.already_bytes + size > limits.total_bytes:
        raise ValidationError(
            f"添付の合計が{limits.total_bytes // MEGABYTE}MBを超えます。"
            "不要な添付を外すか、小さくしてください。"
        )
    content = upload.read()
    return Checked(name, _content_type(name, content, is_table), content)


def clean_name(name: str) -> str:
    """The last part of the name without control characters; every letter of it is kept."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return kept[:200] or "ファイル"


def _content_type(name: str, content: bytes, is_table: bool) -> str:
    suffix = PurePath(name).suffix.lower()
    guess = filetype.guess_mime(content)
    if guess == "application/pdf":
        _check_pdf(name, content)
        return "application/pdf"
    if guess in _IMAGES:
        _check_image(name, content)
        return str(guess)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if is_table and suffix == ".xls" and _ENCRYPTED not in content:
            return "application/vnd.ms-excel"
        raise ValidationError(
            f"「{name}」は、パスワードが付いているか、古い形式です。"
            "パスワードを外し、xlsxかdocxで保存し直してください。"
        )
    if content[:4] == b"PK\x03\x04" and suffix in _ZIP_KINDS:
        _check_office(name, content, suffix)
        return _ZIP_KINDS[suffix]
    if suffix == ".csv" and guess is None and b"\x00" not in content:
        return "text/csv"
    raise ValidationError(
        f"「{name}」は添付できない種類のファイルです。{_ACCEPTED}にしてください。"
    )


def _check_pdf(name: str, content: bytes) -> None:
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            root = pdf.Root
            acting = (
                any(key in root for key in ("/OpenAction", "/AA")) and b"/JavaScript" in content
            )
            if acting or b"/Launch" in content or "/EmbeddedFiles" in root.get("/Names", {}):
                raise ValidationError(
                    f"「{name}」に、動く仕組みか別のファイルが入っています。"
                    "印刷からPDFを作り直してください。"
                )
    except pikepdf.PasswordError:
        raise ValidationError(
            f"「{name}」にパスワードが付いています。外してから添付してください。"
        ) from None
    except pikepdf.PdfError:
        raise ValidationError(
            f"「{name}」はPDFとして開けません。作り直してから添付してください。"
        ) from None


def _check_image(name: str, content: bytes) -> None:
    try:
        with Image.open(BytesIO(content)) as image:
            image.verify()
    except (OSError, SyntaxError, ValueError):
        raise ValidationError(f"「{name}」は画像として開けません。保存し直してください。") from None


def without_origin(checked: Checked) -> Checked:
    """A picture drawn anew: turned upright, without place, camera, comments or hidden thumbnails.

    Other files come back as they are. Raises ValidationError for a picture too large to be drawn.
    """
    if checked.content_type not in _IMAGES:
        return checked
    with Image.open(BytesIO(checked.content)) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise ValidationError(
                f"「{checked.name}」の画素数が多すぎます。小さくしてから追加してください。"
            )
        try:
            upright = ImageOps.exif_transpose(image)
            if checked.content_type == "image/jpeg":
                upright = upright.convert("RGB")
            # Only the pixels: comments and text chunks would travel with the picture itself.
            plain = Image.new(upright.mode, upright.size)
            if upright.mode == "P":
                plain.putpalette(upright.getpalette() or [])
            plain.paste(upright)
            out = BytesIO()
            plain.save(out, "JPEG" if checked.content_type == "image/jpeg" else "PNG", quality=90)
        except (OSError, SyntaxError, ValueError):
            raise ValidationError(
                f"「{checked.name}」は画像として開けません。保存し直してください。"
            ) from None
    return replace(checked, content=out.getvalue())


def _check_office(name: str, content: bytes, suffix: str) -> None:
    part = b"xl/workbook.xml" if suffix == ".xlsx" else b"word/document.xml"
    if part not in content:
        raise ValidationError(f"「{name}」は{suffix[1:]}として開けません。保存し直してください。")
    if b"vbaProject.bin" in content:
        raise ValidationError(f"「{name}」にマクロが入っています。マクロなしで保存してください。")


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}MB" if size < 10 * MEGABYTE else f"{size // MEGABYTE}MB"
