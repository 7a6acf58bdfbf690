from .models import Contract, ContractActivity, Contractor, ContractPerson
from .querysets import people_of
from .services import (
    add_evidence,
    invite_person,
    is_responsible,
    prepare_contract,
    record_check,
    register_contractor,
)
from .states import ContractState

__all__ = [
    "Contract",
    "ContractActivity",
    "ContractPerson",
    "ContractState",
    "Contractor",
    "add_evidence",
    "invite_person",
    "is_responsible",
    "people_of",
    "prepare_contract",
    "record_check",
    "register_contractor",
]
