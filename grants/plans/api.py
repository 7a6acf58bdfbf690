from .advice import FrequentFault, register_advice
from .allowance import allowance_of, register_allowance
from .amounts import AmountRow, AmountTable, required_amounts, rows
from .amounts import compute as compute_amounts
from .budget import Budget, budget
from .content import PlanContent, delivery_label, platform_uid, read_content
from .models import (
    BudgetLine,
    Income,
    LatePaper,
    Plan,
    PlannedActivity,
    PlannedIndicator,
    PlanRevision,
    PlanUpload,
)
from .requirements import PlanSubject
from .services import (
    add_activity,
    amend_plan,
    close_revision,
    create_plan,
    editors_of,
    remember_editor,
    reopen_revision,
    save_section,
)
from .sheet import sheet
from .states import BudgetMeasure, Delivery, OtherFunding

__all__ = [
    "AmountRow",
    "AmountTable",
    "Budget",
    "BudgetLine",
    "BudgetMeasure",
    "Delivery",
    "FrequentFault",
    "Income",
    "LatePaper",
    "OtherFunding",
    "Plan",
    "PlanContent",
    "PlanRevision",
    "PlanSubject",
    "PlanUpload",
    "PlannedActivity",
    "PlannedIndicator",
    "add_activity",
    "allowance_of",
    "amend_plan",
    "budget",
    "close_revision",
    "compute_amounts",
    "create_plan",
    "delivery_label",
    "editors_of",
    "platform_uid",
    "read_content",
    "register_advice",
    "register_allowance",
    "remember_editor",
    "reopen_revision",
    "required_amounts",
    "rows",
    "save_section",
    "sheet",
]
