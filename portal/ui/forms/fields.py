"""Fields for what offices write: dates in either calendar, yen, numbers, long texts, names, files.

Reading itself is `portal.core`'s; these fields put it into a form and name the field in every
message. `subject` is how a message calls the field («3行目の単価»); PortalForm sets it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portal.core.dates import read_date, screen_date
from portal.core.identifiers import DocumentNumber, read_document_number
from portal.core.money import format_number, read_decimal, read_integer, read_yen
from portal.core.text import Reading, cp932_failures

MEGABYTE = 1024 * 1024


class ReadingField(forms.Field):
    """A text box whose text is read into a value by `reader`; what was typed is never changed."""

    widget = forms.TextInput
    subject = ""
    unit = ""
    css = ""
    inputmode = ""

    def __init__(self, *, reader: Callable[[str], Reading[Any]] | None = None, **kwargs: Any):
        self._reader = reader
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if self.css and "class" not in widget.attrs:
            attrs["class"] = self.css
        if self.inputmode:
            attrs["inputmode"] = self.inputmode
        return attrs

    def read(self, text: str) -> Reading[Any]:
        if self._reader is None:
            raise NotImplementedError("give a reader, or override read()")
        return self._reader(text)

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError with the reader's instruction, headed by the field's name."""
        if value is None or not isinstance(value, str):
            return value
        reading = self.read(value)
        if reading.problem:
            raise forms.ValidationError(self._named(reading.problem), code="unreadable")
        return reading.value

    def notes_for(self, raw: Any) -> tuple[str, ...]:
        """What was made of the text: normalisations first, then doubts."""
        if not isinstance(raw, str):
            return ()
        reading = self.read(raw)
        return (*reading.notes, *reading.warnings)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if isinstance(initial, str):
            initial = self.read(initial).value
        reading = self.read(data or "")
        return bool(reading.problem) or reading.value != initial

    def _named(self, problem: str) -> str:
        return f"{self.subject}：{problem}" if self.subject else problem

    def _refuse(self, instruction: str, code: str) -> forms.ValidationError:
        return forms.ValidationError(f"{self.subject or 'この欄'}は、{instruction}", code=code)


class JapaneseDateField(ReadingField):
    """One box for 西暦 and 和暦. `earliest` and `latest` are the first and last day allowed."""

    css = "input--w12"

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("help_text", "例：2026年4月1日、令和8年4月1日、R8.4.1")
        super().__init__(**kwargs)

    def read(self, text: str) -> Reading[date]:
        return read_date(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.earliest and value < self.earliest:
            raise self._refuse(f"{screen_date(self.earliest)}以後の日付にしてください。", "early")
        if self.latest and value > self.latest:
            raise self._refuse(f"{screen_date(self.latest)}以前の日付にしてください。", "late")

    def notes_for(self, raw: Any) -> tuple[str, ...]:
        if not isinstance(raw, str):
            return ()
        reading = self.read(raw)
        if reading.value is None or raw == self.prepare_value(reading.value):
            return ()
        return (f"{screen_date(reading.value)}と読み取りました。", *reading.warnings)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, date):
            return f"{value.year}年{value.month}月{value.day}日"
        return value


class _NumberField(ReadingField):
    inputmode = "numeric"

    def __init__(
        self, *, min_value: int | None = 0, max_value: int | None = None, **kwargs: Any
    ) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            least = format_number(self.min_value)
            raise self._refuse(f"{least}{self.unit}以上で入力してください。", "min_value")
        if self.max_value is not None and value > self.max_value:
            most = format_number(self.max_value)
            raise self._refuse(f"{most}{self.unit}以下で入力してください。", "max_value")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return format_number(value)
        return value


class YenField(_NumberField):
    """Whole yen. `multiple_of` of 1000 refuses what is finer than 千円."""

    unit = "円"
    css = "input--num input--w12"

    def __init__(self, *, multiple_of: int = 1, **kwargs: Any) -> None:
        self.multiple_of = multiple_of
        super().__init__(**kwargs)

    def read(self, text: str) -> Reading[int]:
        return read_yen(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value % self.multiple_of:
            least = format_number(self.multiple_of)
            raise self._refuse(f"{least}円未満の端数のない金額にしてください。", "multiple_of")


class QuantityField(_NumberField):
    """A count or a quantity in `unit` (人, 回 …), with at most `places` decimals."""

    css = "input--num input--w6"

    def __init__(
        self, *, unit: str = "", places: int = 0, units: Collection[str] = (), **kwargs: Any
    ) -> None:
        self.unit, self.places = unit, places
        self._units = {unit, *units} - {""}
        if places:
            self.inputmode = "decimal"
        super().__init__(**kwargs)

    def read(self, text: str) -> Reading[Any]:
        if self.places:
            return read_decimal(text, self._units, self.places)
        return read_integer(text, self._units)


class DocumentNumberField(ReadingField):
    """文書番号 from an office's own register; the value keeps the writing and compares by its key."""

    css = "input--w20"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "例：府孤推第7号")
        super().__init__(**kwargs)

    def read(self, text: str) -> Reading[DocumentNumber]:
        return read_document_number(text)

    def prepare_value(self, value: Any) -> Any:
        return value.original if isinstance(value, DocumentNumber) else value


class LongTextField(forms.CharField):
    """Text with a counter. Nothing is cut off while typing: what is too long is said and kept."""

    widget = forms.Textarea
    subject = ""

    def __init__(self, *, max_length: int, counter: bool = True, rows: int = 5, **kwargs: Any):
        self.counts_to = max_length if counter else None
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "cols": False}))
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength, at which browsers drop the end of a pasted text silently."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value: Any) -> Any:
        """Line ends as one character, as the counter on the page counts them."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class ReasonField(LongTextField):
    """The reason of a legal or irreversible act: a sentence, not a mark to get past the box."""

    least = 5

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "理由")
        kwargs.setdefault("max_length", 1000)
        kwargs.setdefault("rows", 4)
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        letters = sum(unicodedata.category(character)[0] in "LN" for character in value or "")
        if value and letters < self.least:
            raise forms.ValidationError(
                f"{self.subject or self.label}は、読んだ人に分かるように文で入力してください。",
                code="too_short",
            )


class PersonNameField(forms.CharField):
    """A name as its bearer writes it: every character is kept, none is replaced by a similar one."""

    subject = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if any(unicodedata.category(character) == "Cc" for character in value or ""):
            raise forms.ValidationError(
                f"{self.subject or self.label}に、改行などの見えない文字が入っています。消してください。",
                code="control_character",
            )

    def notes_for(self, raw: Any) -> tuple[str, ...]:
        lost = "、".join(
            dict.fromkeys(f"「{failure.character}」" for failure in cp932_failures(raw or ""))
        )
        if not lost:
            return ()
        return (f"{lost}はそのまま保存します。Shift_JISのCSVには出力できません。",)


class UploadField(forms.FileField):
    """One file, by its name and size; what is inside is looked at when it has been received."""

    subject = ""

    def __init__(
        self, *, extensions: Collection[str], max_bytes: int = 25 * MEGABYTE, **kwargs: Any
    ) -> None:
        self.extensions = tuple(extension.lower().lstrip(".") for extension in extensions)
        self.max_bytes = max_bytes
        kinds = "、".join(
            extension.upper() if extension == "pdf" else extension for extension in self.extensions
        )
        kwargs.setdefault("help_text", f"{kinds}のファイルを1つ。{self._limit}まで。")
        kwargs.setdefault("widget", forms.FileInput)
        super().__init__(**kwargs)

    @property
    def _limit(self) -> str:
        return f"{self.max_bytes // MEGABYTE}MB"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accepted = ",".join(f".{extension}" for extension in self.extensions)
        return super().widget_attrs(widget) | {"accept": accepted}

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile) and file is data:
            self._check(file)
        return file

    def _check(self, file: UploadedFile) -> None:
        name, size = str(file.name), file.size or 0
        if PurePath(name).suffix.lower().lstrip(".") not in self.extensions:
            kinds = "、".join(self.extensions)
            raise forms.ValidationError(
                f"「{name}」は追加できません。{kinds}のどれかの形式で保存し直してください。",
                code="extension",
            )
        if size > self.max_bytes:
            # Rounded up, so that a file just over the limit is not said to have its size.
            megabytes = -(-size // MEGABYTE)
            raise forms.ValidationError(
                f"ファイルが{megabytes}MBあります。{self._limit}以下にするか、2つに分けてください。",
                code="max_bytes",
            )
