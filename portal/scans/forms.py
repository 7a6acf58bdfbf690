from __future__ import annotations

from typing import Any

from django import forms

from portal.core.actor import Actor
from portal.ui.api import PortalForm, UploadField

from .models import Scan

EXTENSIONS = ("pdf", "jpg", "jpeg", "png")


class UploadForm(PortalForm):
    file = UploadField(label="読み取ったファイル", extensions=EXTENSIONS)


class FileForm(PortalForm):
    """Of which paper it is a copy; the page beside it shows both."""

    issued = forms.UUIDField(
        label="書類",
        widget=forms.HiddenInput,
        error_messages={
            "required": "どの書類の写しかを、写しのページで選んでください。",
            "invalid": "どの書類の写しかを、写しのページで選び直してください。",
        },
    )

    def __init__(self, *args: Any, subject: Scan, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
