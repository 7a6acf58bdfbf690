from .linking import links_beside
from .models import Document
from .services import (
    DocumentKind,
    attach,
    file_with,
    read_file,
    register_kind,
    render_html,
    replace_content,
    request_document,
    take_away,
)
from .states import DocumentState, Origin
from .uploads import EXTENSIONS, Limits
from .views import send_document

__all__ = [
    "EXTENSIONS",
    "Document",
    "DocumentKind",
    "DocumentState",
    "Limits",
    "Origin",
    "attach",
    "file_with",
    "links_beside",
    "read_file",
    "register_kind",
    "render_html",
    "replace_content",
    "request_document",
    "send_document",
    "take_away",
]
