from .models import Carried, CarriedLine, Carryover, CarryoverRow, YearEnd
from .rules import Line as CarriedOverLine
from .rules import day_reasons, from_state, kind_reasons, line_reasons, national_limit
from .services import (
    against_carrying,
    against_giving_up,
    against_year_end,
    draw_carryover_again,
    give_up,
    keep_carried,
    save_carryover,
    start_carryover,
    start_year_end,
)
from .standing import (
    Standing,
    YearMoney,
    carried_of,
    standing_of,
    standings_of,
    year_ends_of,
    year_money,
    years_carried,
    years_of,
)
from .states import CarryKind

__all__ = [
    "Carried",
    "CarriedLine",
    "CarriedOverLine",
    "CarryKind",
    "Carryover",
    "CarryoverRow",
    "Standing",
    "YearEnd",
    "YearMoney",
    "against_carrying",
    "against_giving_up",
    "against_year_end",
    "carried_of",
    "day_reasons",
    "draw_carryover_again",
    "from_state",
    "give_up",
    "keep_carried",
    "kind_reasons",
    "line_reasons",
    "national_limit",
    "save_carryover",
    "standing_of",
    "standings_of",
    "start_carryover",
    "start_year_end",
    "year_ends_of",
    "year_money",
    "years_carried",
    "years_of",
]
