from .citations import register_citations
from .models import AgendaItem, Meeting, Member, Platform
from .states import PlatformForm, Side

__all__ = [
    "AgendaItem",
    "Meeting",
    "Member",
    "Platform",
    "PlatformForm",
    "Side",
    "register_citations",
]
