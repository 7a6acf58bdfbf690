from .bundling import HASHES, Bundled, add_file, add_hashes, keep_bundle, parts_of_bundle
from .linking import links_beside
from .models import Document
from .services import (
    DocumentKind,
    attach,
    file_with,
    kind_names,
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
    "HASHES",
    "Bundled",
    "Document",
    "DocumentKind",
    "DocumentState",
    "Limits",
    "Origin",
    "add_file",
    "add_hashes",
    "attach",
    "file_with",
    "keep_bundle",
    "kind_names",
    "links_beside",
    "parts_of_bundle",
    "read_file",
    "register_kind",
    "render_html",
    "replace_content",
    "request_document",
    "send_document",
    "take_away",
]
