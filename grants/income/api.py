from .drawing import basis_of, computed, years_of
from .duties import Duty, duties, duties_of, has_condition
from .models import IncomeLine, IncomeReport, Lessening
from .rules import Basis, Computed, YearFigures, compute
from .services import confirm_figures, save_report, start_correction, start_report
from .states import Kind, Side

__all__ = [
    "Basis",
    "Computed",
    "Duty",
    "IncomeLine",
    "IncomeReport",
    "Kind",
    "Lessening",
    "Side",
    "YearFigures",
    "basis_of",
    "compute",
    "computed",
    "confirm_figures",
    "duties",
    "duties_of",
    "has_condition",
    "save_report",
    "start_correction",
    "start_report",
    "years_of",
]
