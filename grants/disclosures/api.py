from .bundling import ask_for_bundle
from .files import files_of
from .masking import choices_of
from .models import Bundle, DisclosureRequest, FileRuling
from .services import enter_request, pick_sections, rule_on_file, rule_on_words
from .states import FileOutcome

__all__ = [
    "Bundle",
    "DisclosureRequest",
    "FileOutcome",
    "FileRuling",
    "ask_for_bundle",
    "choices_of",
    "enter_request",
    "files_of",
    "pick_sections",
    "rule_on_file",
    "rule_on_words",
]
