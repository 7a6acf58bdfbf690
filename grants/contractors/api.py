from .allocation import LineShare
from .billing import (
    LineClaim,
    allocate,
    allocate_in_order,
    declare_funding,
    record_acceptance,
    report_completion,
    report_incident,
    write_invoice,
)
from .ledger import money_by_line
from .models import (
    Acceptance,
    Contract,
    ContractActivity,
    ContractChange,
    ContractLine,
    Contractor,
    ContractPaper,
    ContractPerson,
    FundingDeclaration,
    Invoice,
    InvoiceLine,
)
from .planned import lines_for
from .querysets import people_of
from .rules import LineMoney
from .services import (
    add_evidence,
    invite_person,
    is_responsible,
    prepare_contract,
    record_check,
    register_contractor,
)
from .states import ContractState, FundingKind, FundingStage, InvoiceKind, InvoiceState

__all__ = [
    "Acceptance",
    "Contract",
    "ContractActivity",
    "ContractChange",
    "ContractLine",
    "ContractPaper",
    "ContractPerson",
    "ContractState",
    "Contractor",
    "FundingDeclaration",
    "FundingKind",
    "FundingStage",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceState",
    "LineClaim",
    "LineMoney",
    "LineShare",
    "add_evidence",
    "allocate",
    "allocate_in_order",
    "declare_funding",
    "invite_person",
    "is_responsible",
    "lines_for",
    "money_by_line",
    "people_of",
    "prepare_contract",
    "record_acceptance",
    "record_check",
    "register_contractor",
    "report_completion",
    "report_incident",
    "write_invoice",
]
