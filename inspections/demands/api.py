from .models import Demand, Extension, Report
from .services import ask_for_time, save_report, write_demand

__all__ = ["Demand", "Extension", "Report", "ask_for_time", "save_report", "write_demand"]
