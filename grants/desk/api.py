from .guards import known_reading, no_conflict, second_reading_done
from .models import Conflict, ProgrammeQuestion, ReviewNote, SecondReading
from .reading import (
    ask_question,
    name_reader,
    questions_of,
    write_note,
)
from .services import assign, declare_conflict

__all__ = [
    "Conflict",
    "ProgrammeQuestion",
    "ReviewNote",
    "SecondReading",
    "ask_question",
    "assign",
    "declare_conflict",
    "known_reading",
    "name_reader",
    "no_conflict",
    "questions_of",
    "second_reading_done",
    "write_note",
]
