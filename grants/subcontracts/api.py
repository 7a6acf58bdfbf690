from .chain import Chain, chain_of
from .models import Payee, Subcontract
from .rules import Reach
from .services import PaidOn, Terms, body_for, invite_recorder, tell_payees, write_link
from .states import Extent, LinkKind, LinkState

__all__ = [
    "Chain",
    "Extent",
    "LinkKind",
    "LinkState",
    "PaidOn",
    "Payee",
    "Reach",
    "Subcontract",
    "Terms",
    "body_for",
    "chain_of",
    "invite_recorder",
    "tell_payees",
    "write_link",
]
