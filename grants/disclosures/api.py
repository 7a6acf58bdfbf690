from .files import files_of
from .masking import choices_of
from .models import DisclosureRequest, FileRuling
from .services import enter_request, pick_sections, rule_on_file, rule_on_words
from .states import FileOutcome

__all__ = [
    "DisclosureRequest",
    "FileOutcome",
    "FileRuling",
    "choices_of",
    "enter_request",
    "files_of",
    "pick_sections",
    "rule_on_file",
    "rule_on_words",
]
