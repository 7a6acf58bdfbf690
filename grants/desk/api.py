from .guards import no_conflict, second_reading_done
from .models import Conflict, ProgrammeQuestion, ReviewNote, SecondReading
from .reading import (
    ask_question,
    confirm_reading,
    name_reader,
    questions_of,
    standing_reading,
    write_note,
)
from .services import assign, declare_conflict, remind, run_batch
from .states import Act, Flag

__all__ = [
    "Act",
    "Conflict",
    "Flag",
    "ProgrammeQuestion",
    "ReviewNote",
    "SecondReading",
    "ask_question",
    "assign",
    "confirm_reading",
    "declare_conflict",
    "name_reader",
    "no_conflict",
    "questions_of",
    "remind",
    "run_batch",
    "second_reading_done",
    "standing_reading",
    "write_note",
]
