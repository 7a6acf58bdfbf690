from .models import Asset, DisposalRequest, InventoryCheck, RegisterCopy, UsefulLife
from .register import approvals_on, lives_of, paid_lines, policy_of, report_due, rows_of
from .rules import Restricted, Valued, is_blanket, value
from .services import (
    approve_request,
    print_register,
    register_asset,
    start_disposal,
    take_inventory,
)
from .states import AssetState, DisposalKind, Keeper, Permission, Seen

__all__ = [
    "Asset",
    "AssetState",
    "DisposalKind",
    "DisposalRequest",
    "InventoryCheck",
    "Keeper",
    "Permission",
    "RegisterCopy",
    "Restricted",
    "Seen",
    "UsefulLife",
    "Valued",
    "approvals_on",
    "approve_request",
    "is_blanket",
    "lives_of",
    "paid_lines",
    "policy_of",
    "print_register",
    "register_asset",
    "report_due",
    "rows_of",
    "start_disposal",
    "take_inventory",
    "value",
]
