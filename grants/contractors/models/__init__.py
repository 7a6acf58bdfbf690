from .contracts import Contract, ContractActivity, ContractPerson
from .money import (
    Acceptance,
    ContractChange,
    ContractLine,
    FundingDeclaration,
    FundingItem,
    Invoice,
    InvoiceLine,
)
from .papers import ContractPaper, PaperLayout
from .parties import Contractor, EligibilityCheck
from .procurement import Estimate, EvidencePaper

__all__ = [
    "Acceptance",
    "Contract",
    "ContractActivity",
    "ContractChange",
    "ContractLine",
    "ContractPaper",
    "ContractPerson",
    "Contractor",
    "EligibilityCheck",
    "Estimate",
    "EvidencePaper",
    "FundingDeclaration",
    "FundingItem",
    "Invoice",
    "InvoiceLine",
    "PaperLayout",
]
