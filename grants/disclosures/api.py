from .masking import choices_of
from .models import DisclosureRequest
from .services import enter_request, pick_sections, rule_on_words

__all__ = [
    "DisclosureRequest",
    "choices_of",
    "enter_request",
    "pick_sections",
    "rule_on_words",
]
